import type { GroupComponent } from '../components/index.ts';
import { type ConfigTable, getKey, readConfig } from '../config/index.ts';
import { STARTUP_SCRIPT } from '../expand/index.ts';
import { isOfServers, isStopped, waveIn } from '../gitops/index.ts';
import { isMap, type MapValue, mapAt, mapsAt, textAt, valueAt } from '../yaml/index.ts';
import { drainIn } from './drained.ts';
import type { GroupSource } from './snapshot.ts';
import { addressOf, type Claim, type ConfigFile, type ResourceName, type Workload } from './workload.ts';
import { zoneIn } from './zone.ts';

/** What a group was rendered into, and whose it is. */
export interface Rendered {
  readonly owner: ResourceName;
  readonly component: GroupComponent;
  readonly cluster: string;
  /** What runs, whoever makes it. */
  readonly workloads: readonly MapValue[];
  readonly runner: Workload['runner'];
  readonly replacesVolumes: boolean;
  /** What is known of the group itself; undefined if only what was rendered is there. */
  readonly source?: Pick<GroupSource, 'written' | 'zone'>;
}

/** The workload that a group's resources make, read from nothing but these. */
export function renderedWorkload(rendered: Rendered): Workload {
  const { owner, component: its, cluster, workloads, runner, replacesVolumes, source } = rendered;
  const { name: component, group } = its;
  const set = workloads.find(({ kind }) => kind === 'StatefulSet');
  const files = workloads.find(isOfServers);
  const spec = mapAt(set, 'spec');
  const template = mapAt(spec, 'template');
  const script = scriptOf(component, template, files);
  const configs = configFiles(its, files);
  const pd = pdAddress(group.pdIn, script, configs[0]?.table);
  const { replicas } = spec;
  const server = `${owner.name}-${component}`;
  const zone = zoneIn(owner, source, template);
  return {
    owner,
    component,
    cluster: cluster || clusterBehind(pd, owner),
    runner,
    set: textAt(set, 'metadata', 'name') || server,
    replicas: typeof replicas === 'number' ? replicas : undefined,
    suspended: set === undefined || isStopped(set),
    updateStrategy: textAt(spec, 'updateStrategy', 'type') === 'OnDelete' ? 'OnDelete' : 'RollingUpdate',
    resource: set,
    template,
    fixed: {
      selector: spec.selector ?? null,
      serviceName: spec.serviceName ?? null,
      podManagementPolicy: spec.podManagementPolicy ?? null,
    },
    claims: mapsAt(spec, 'volumeClaimTemplates').map(claimOf),
    configs,
    dataDir: argument(script, 'data-dir'),
    pd,
    tls: {
      cluster: hasVolume(template, `${component}-tls`),
      client: group.clientTlsVolume !== undefined && hasVolume(template, group.clientTlsVolume),
    },
    drain: drainIn(workloads),
    wave: waveIn(set) ?? 0,
    replacesVolumes,
    ...(zone && { zone }),
  };
}

/** The start script: in a ConfigMap, or right in the command of the server's container. */
function scriptOf(component: string, template: MapValue, files: MapValue | undefined): string {
  const server = mapsAt(template, 'spec', 'containers').find(({ name }) => name === component);
  const command = server?.command;
  const inCommand = Array.isArray(command) && command[1] === '-c' ? command[2] : undefined;
  return typeof inCommand === 'string' ? inCommand : textAt(files, 'data', STARTUP_SCRIPT);
}

function pdAddress(
  where: GroupComponent['group']['pdIn'],
  script: string,
  config: ConfigTable | undefined,
): string {
  const written =
    'argument' in where ? argument(script, where.argument) : config && getKey(config, where.key);
  return typeof written === 'string' ? written.replace(/^https?:\/\//, '') : '';
}

/** The TidbCluster whose PD has that address; '' if it is somewhere else. */
function clusterBehind(pd: string, { namespace }: ResourceName): string {
  const [, name, other] =
    /^([a-z0-9-]+?)-pd(?:-peer)?(?:\.([a-z0-9-]+)\.svc[a-z0-9.-]*)?:\d+$/.exec(pd) ?? [];
  return name === undefined ? '' : addressOf({ namespace: other ?? namespace, name });
}

export function claimOf(template: MapValue): Claim {
  const size = valueAt(template, 'spec', 'resources', 'requests', 'storage');
  return {
    name: textAt(template, 'metadata', 'name'),
    size: size === undefined ? '' : String(size),
    storageClass: textAt(template, 'spec', 'storageClassName'),
    attributesClass: textAt(template, 'spec', 'volumeAttributesClassName'),
    template,
  };
}

/** A config's keys, as far as it can be read: whoever renders it reports what cannot. */
function configFiles({ configs }: GroupComponent, files: MapValue | undefined): ConfigFile[] {
  return configs.map(({ name, file, key }) => ({
    name: file,
    table: readConfig(name, textAt(files, 'data', key), 'server', () => undefined),
  }));
}

/** The value of an argument that the start script writes as one word, quoted where it must be. */
function argument(script: string, name: string): string {
  for (const [, quoted, plain] of script.matchAll(/^ *(?:'--([^']*)'|--(\S*))/gm)) {
    const word = quoted ?? plain ?? '';
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
  }
  return '';
}

function hasVolume(template: MapValue, name: string): boolean {
  return mapsAt(template, 'spec', 'volumes').some((volume) => isMap(volume) && volume.name === name);
}
