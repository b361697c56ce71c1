import type { System } from '../system/index.ts';
import { graphSvg } from './graph-svg.ts';
import { clusterTitle } from './graph-words.ts';
import { asXml } from './xml.ts';

/** The picture as a page by itself. It asks for nothing, and lets nothing run. */
export function graphHtml(system: System): string {
  const title = asXml(system.clusters.map(clusterTitle).join(', '));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>body{margin:0}svg{display:block;margin:0 auto}@media(prefers-color-scheme:dark){body{background:#0d1117}}</style>
</head>
<body>
${graphSvg(system)}</body>
</html>
`;
}
