import { execFileSync } from 'node:child_process';

/** Renders a real example and shows the output; `npm run demo`. */
const MANIFESTS = 'examples/plain/manifests';

function run(...args: string[]): string {
  return execFileSync('dist/tidb-groups', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** `StatefulSet tidb/hot-tikv` of each document. */
function resources(stream: string): string[] {
  return stream.split(/^---\n/m).map((document) => {
    const field = (name: string, indent: string) =>
      new RegExp(`^${indent}${name}: (.+)$`, 'm').exec(document)?.[1] ?? '';
    const namespace = field('namespace', '  ');
    return `${field('kind', '')} ${namespace === '' ? '' : `${namespace}/`}${field('name', '  ')}`;
  });
}

const rendered = run('render', MANIFESTS);
console.log(rendered);
console.log(`That is what came out of ${MANIFESTS}, ready for kubectl apply:\n`);
for (const resource of resources(rendered)) console.log(`  ${resource}`);
console.log(`\nTo see it again: dist/tidb-groups render ${MANIFESTS}`);
