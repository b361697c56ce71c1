/** Files that others have defined, by their names: whatever is in them, they are no resources. */
const OF_TOOLS: readonly (readonly [name: RegExp, owner: string])[] = [
  [/^(?:package|package-lock|npm-shrinkwrap)\.json$/, 'npm'],
  [/^(?:pnpm-lock|pnpm-workspace)\.yaml$/, 'pnpm'],
  [/^(?:tsconfig|jsconfig)(?:\.[\w-]+)?\.json$/, 'TypeScript'],
  [/^(?:deno|biome|renovate|nx|turbo|lerna|composer|vercel)\.json$/, 'the tool of that name'],
  [/^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/, 'Docker Compose'],
  [
    /^(?:mkdocs|codecov|cloudbuild|dependabot|appveyor|buf|buf\.gen|buf\.work)\.ya?ml$/,
    'the tool of that name',
  ],
  [/^Taskfile\.ya?ml$/, 'Task'],
  [/^Pulumi(?:\.[\w-]+)?\.yaml$/, 'Pulumi'],
];

/** Why a file is no manifest: `it belongs to npm`. */
export function whyNoManifest(name: string): string | undefined {
  const owner = OF_TOOLS.find(([pattern]) => pattern.test(name))?.[1];
  return owner === undefined ? undefined : `a file of this name belongs to ${owner}`;
}

/** Whether a directory with these entries is a Helm chart, whose templates are not YAML yet. */
export function isChart(names: readonly string[]): boolean {
  return names.includes('Chart.yaml');
}
