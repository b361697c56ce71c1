import type { Labels } from '../api/index.ts';
import { LAST_APPLIED, SERVER_FIELDS } from '../heterogeneous/index.ts';
import { isToolAnnotation } from '../krm/index.ts';
import { type Draft, type Fields, fieldsOf } from '../yaml-write/draft.ts';
import type { Group } from './group.ts';
import type { Report } from './report.ts';
import type { Section } from './section.ts';

/** Settings for TiDB Operator v1 and for this project, which v2 does not know. */
const OF_V1 = /^(?:[\w-]+\.)*pingcap\.com\//;

/** What says how the resource is deleted: a user may have written it, and for another resource it may be wrong. */
const BOUND: { readonly [field: string]: string } = {
  finalizers: 'whoever set them waits for this resource only; add those that are for the new ones, too',
  ownerReferences:
    'the owner is that of this resource only; add it if the new ones are to be deleted with it, too',
};

const KNOWN = ['name', 'namespace', 'labels', 'annotations', ...SERVER_FIELDS];

/** The labels of the pods of a group, by which it is known. */
export function labelsOfPods({
  name,
  clusterName,
  source,
}: Pick<Group, 'name' | 'clusterName' | 'source'>): Labels {
  return {
    'pingcap.com/cluster': clusterName,
    'pingcap.com/component': source.component.name,
    'pingcap.com/group': name,
  };
}

/** The metadata of a resource: its own names, and the labels and annotations that stay. */
export function metadataIn(resource: Section, namespace: string, report: Report): Fields {
  const at = 'metadata';
  for (const key of resource.keys(at)) {
    const why = BOUND[key];
    if (why !== undefined || !KNOWN.includes(key)) report.lost(resource, [at, key], why ?? '');
  }
  const labels = kept(resource, [at, 'labels'], report);
  const annotations = kept(resource, [at, 'annotations'], report);
  return fieldsOf({
    name: resource.take(at, 'name'),
    namespace: resource.take(at, 'namespace') ?? (namespace === '' ? undefined : namespace),
    labels: labels.size > 0 ? labels : undefined,
    annotations: annotations.size > 0 ? annotations : undefined,
  });
}

/** The entries of labels or annotations that v2 does not have a meaning of its own for. */
function kept(section: Section, path: readonly string[], report: Report): Map<string, Draft> {
  const entries = new Map<string, Draft>();
  for (const key of section.keys(...path)) {
    if (key === LAST_APPLIED || isToolAnnotation(key)) continue;
    if (OF_V1.test(key))
      report.lost(
        section,
        [...path, key],
        `it is for ${key.startsWith('groups.') ? 'tidb-groups' : 'TiDB Operator v1'}`,
      );
    else entries.set(key, section.take(...path, key) ?? null);
  }
  return entries;
}

/** The labels and annotations of the pods: those of all servers, and the group's own before them. */
export function convertPodMetadata(group: Group): void {
  for (const field of ['labels', 'annotations']) {
    for (const section of [group.source.cluster, group.own]) {
      for (const [key, draft] of kept(section, [field], group.report))
        group.metadata.set([field, key], draft);
    }
  }
}
