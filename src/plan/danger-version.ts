import { byName } from '../components/index.ts';
import { versionOf } from './advice.ts';
import { changedPairs, type Finding, type Rule } from './finding.ts';
import { imageOf, type Workload } from './workload.ts';

/**
 * TiDB's long-term releases. The documentation promises an upgrade from some of these to some others, and tests
 * neighbors; before them each minor release counts.
 * Source: TiDB documentation, "TiDB Release Timeline" and "Upgrade TiDB Using TiUP".
 */
const LONG_TERM = ['4.0', '5.0', '5.1', '5.2', '5.3', '5.4', '6.1', '6.5', '7.1', '7.5', '8.1', '8.5'];

export const versions: Rule = (sides) =>
  changedPairs(sides).flatMap(({ old, now }): Finding[] => {
    const [from, to] = [versionOf(imageOf(old)), versionOf(imageOf(now))];
    // What is suspended meets its data again, whichever version wrote that. TiProxy keeps nothing.
    if (from === undefined || to === undefined || byName[now.component].hasOwnVersions) return [];
    const order = compare(from, to);
    if (order > 0) return [downgrade(now, `v${from.join('.')}`, `v${to.join('.')}`)];
    const between = longTermBetween(from, to);
    return order < 0 && between.length > 0
      ? [skipped(now, `v${from.join('.')}`, `v${to.join('.')}`, between)]
      : [];
  });

type Version = readonly number[];

function compare(a: Version, b: Version): number {
  for (const [index, number] of a.entries()) {
    const difference = number - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function longTermBetween(from: Version, to: Version): string[] {
  return LONG_TERM.filter((release) => {
    const version = release.split('.').map(Number);
    return compare(version, from.slice(0, 2)) > 0 && compare(version, to.slice(0, 2)) < 0;
  });
}

function downgrade(now: Workload, from: string, to: string): Finding {
  return {
    code: 'version-downgrade',
    workloads: [now],
    message: `the version goes back (${from} → ${to}), which TiDB does not support: what the newer version has written, the older one may misread or refuse`,
    instead: ['Restore a backup to a new cluster with the older version, or stay and fix what is wrong.'],
    facts: [from, to],
  };
}

function skipped(now: Workload, from: string, to: string, between: readonly string[]): Finding {
  const releases = between.map((release) => `v${release}`).join(', ');
  return {
    code: 'version-skipped',
    workloads: [now],
    message: `the upgrade skips ${releases} (${from} → ${to}): upgrades are tested between neighboring long-term support releases, and there is no way back`,
    instead: [
      `Check in the upgrade notes of ${to} whether you can upgrade from ${from} directly, and read the compatibility changes of ${releases}.`,
      `Or upgrade through ${releases}, and bring all servers to one version before each next step.`,
    ],
    facts: [from, to],
  };
}
