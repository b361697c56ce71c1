import { commented, type Draft, type Fields, fieldsOf, writeDraft } from '../yaml-write/draft.ts';
import { convertConfigs } from './config.ts';
import { convertContainers } from './containers.ts';
import { convertFields } from './fields.ts';
import { Group } from './group.ts';
import { convertPodMetadata, metadataIn } from './metadata.ts';
import { convertPod, convertProbe } from './pod.ts';
import type { Report } from './report.ts';
import { serverResources } from './resources.ts';
import type { Section } from './section.ts';
import type { Source } from './source.ts';
import { Tree } from './tree.ts';
import { convertVersion } from './version.ts';
import { convertVolumes, reportLogVolume } from './volumes.ts';
import { schedulePolicies } from './zones.ts';

export const V2 = 'core.pingcap.com/v1alpha1';

/** A resource of v2. */
export interface Converted {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly text: string;
  /** Features that its Cluster must have. */
  readonly features: readonly string[];
}

const LONGEST_GROUP = 40;
const LONGEST_CLUSTER = 37;

/** A group, as v2 has it. */
export function groupDocument(source: Source, report: Report): Converted {
  const { component, resource, own, name, namespace, clusterName, isSection, joins } = source;
  checkLength(resource, name, LONGEST_GROUP, report);
  const group = new Group(source, report);
  convertFields(group);
  convertVersion(group);
  convertVolumes(group);
  serverResources(group);
  convertPod(group);
  convertPodMetadata(group);
  convertProbe(group);
  source.inV2.convert?.(group);
  reportLogVolume(group);
  convertContainers(group);
  convertConfigs(group);
  const { kind } = component.group;
  const spec = new Tree();
  const named = resource.take('spec', 'cluster', 'name');
  spec.set(['cluster', 'name'], named?.value === clusterName ? named : clusterName);
  spec.set(['replicas'], own.take('replicas'));
  if (joins) spec.set(['bootstrapped'], true);
  spec.set(['schedulePolicies'], schedulePolicies(group));
  spec.set(['template'], templateOf(group));
  const text = writeDraft(
    fieldsOf({
      ...(isSection ? { apiVersion: commented(V2, own.comments()), kind } : headOf(resource, kind)),
      metadata: metadataIn(resource, namespace, report),
      spec: spec.build(['cluster', 'replicas']),
    }),
  );
  return { kind, name, namespace, text, features: [...group.features] };
}

function templateOf(group: Group): Fields {
  const { pod, server, template, metadata, source } = group;
  const container = server.build();
  if (container.size > 0)
    pod.add('containers', new Map<string, Draft>([['name', source.component.name], ...container]));
  const overlaid = pod.build();
  if (overlaid.size > 0) template.set(['overlay', 'pod', 'spec'], overlaid);
  const its = metadata.build(['labels']);
  return fieldsOf({
    metadata: its.size > 0 ? its : undefined,
    spec: template.build(['version', 'image']),
  });
}

/** The lines that say what a resource is, with the comments that those of v1 have. */
function headOf(resource: Section, kind: string): { readonly [key: string]: Draft } {
  return {
    apiVersion: commented(V2, resource.comments('apiVersion')),
    kind: commented(kind, resource.comments('kind')),
  };
}

/** What a TidbCluster says of all its servers, as a Cluster of v2. */
export function clusterDocument(
  resource: Section,
  spec: Section,
  features: readonly string[],
  bootstrap: Draft | undefined,
  report: Report,
): Converted {
  const { name, namespace } = resource.item;
  checkLength(resource, name, LONGEST_CLUSTER, report);
  const tree = new Tree();
  tree.set(['paused'], spec.take('paused'));
  tree.set(['tlsCluster', 'enabled'], spec.take('tlsCluster', 'enabled'));
  if (spec.value('tlsCluster', 'enableDiscoveryMTLS') === true)
    report.lost(spec, ['tlsCluster', 'enableDiscoveryMTLS'], 'it needs no discovery service');
  tree.set(['suspendAction', 'suspendCompute'], spec.take('suspendAction', 'suspendStatefulSet'));
  tree.set(['bootstrapSQL', 'name'], bootstrap);
  if (features.length > 0)
    tree.set(
      ['featureGates'],
      features.map((feature) => ({ name: feature })),
    );
  const text = writeDraft(
    fieldsOf({
      ...headOf(resource, 'Cluster'),
      metadata: metadataIn(resource, namespace, report),
      spec: tree.build(),
    }),
  );
  return { kind: 'Cluster', name, namespace, text, features: [] };
}

function checkLength(resource: Section, name: string, longest: number, report: Report): void {
  if (name.length <= longest) return;
  const why = `has ${name.length} characters, but TiDB Operator v2 takes ${longest} at most; shorten it`;
  report.refused(resource, ['metadata', 'name'], why);
}
