import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeMap } from '../../src/yaml-write/index.ts';
import { readPackage } from '../package.ts';

/**
 * Makes a plugin of kubectl out of the executables of `npm run single`, which are in dist/single or the directory given as
 * argument: beside each an archive for krew, kubectl's manager of plugins, and `tidb-groups.yaml`, the plugin's entry in an
 * index. Two runs give the same bytes; needs GNU tar.
 */
const directory = process.argv[2] ?? 'dist/single';
const { version, home } = readPackage('.');

/** The executables by operating system and architecture, as Go names them. */
const executables = readdirSync(directory)
  .map((name) => /^tidb-groups-(linux|darwin)-(amd64|arm64)$/.exec(name))
  .filter((match) => match !== null)
  .map(([name, os = '', arch = '']) => ({ name, os, arch }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
if (executables.length === 0)
  throw new Error(`no executable is in ${directory}: run \`npm run single\` first`);

const platforms = executables.map(({ name, os, arch }) => {
  const archive = `kubectl-tidb_groups-${os}-${arch}.tar.gz`;
  const bytes = archived(join(directory, name));
  writeFileSync(join(directory, archive), bytes);
  return {
    selector: { matchLabels: { os, arch } },
    uri: `${home}/releases/download/v${version}/${archive}`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bin: 'tidb-groups',
  };
});

const plugin = {
  apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
  kind: 'Plugin',
  metadata: { name: 'tidb-groups' },
  spec: {
    version: `v${version}`,
    homepage: home,
    shortDescription: 'Expand groups of a TidbCluster into workloads',
    description:
      'Renders groups of a TidbCluster (TiKVGroup, TiDBGroup and more) as plain Kubernetes manifests, checks them, and ' +
      'says what a change restarts or loses. It reads files and never asks a cluster.\n',
    platforms,
  },
};
writeFileSync(join(directory, 'tidb-groups.yaml'), writeMap(plugin));

/** The executable and its license, which krew wants beside it. */
function archived(executable: string): Buffer {
  const making = mkdtempSync(join(directory, 'making-'));
  try {
    copyFileSync(executable, join(making, 'tidb-groups'));
    chmodSync(join(making, 'tidb-groups'), 0o755);
    copyFileSync('LICENSE', join(making, 'LICENSE'));
    chmodSync(join(making, 'LICENSE'), 0o644);
    const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
    const tar = ['--create', '--use-compress-program=gzip -9n', ...same, '--directory', making];
    return execFileSync('tar', [...tar, 'LICENSE', 'tidb-groups'], { maxBuffer: 2 ** 30 });
  } finally {
    rmSync(making, { recursive: true });
  }
}
