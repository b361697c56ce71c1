import type { Volume } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { Once } from '../meaning/once.ts';
import { show } from '../structure/show.ts';
import { checkDownwardFile } from './downward.ts';

type Projected = NonNullable<Volume['projected']>;

/** Several sources in one volume: each file is of one of them. */
export function checkProjected({ sources }: Projected, at: Field): void {
  const paths = new Once();
  const take = (path: string | undefined, place: Field) => {
    if (!path || paths.isNew(path)) return;
    place.add('name-duplicate', `is ${show(path)}, where the volume has another file; rename one of them`);
  };
  sources?.forEach((source, index) => {
    const { configMap, secret, downwardAPI, clusterTrustBundle } = source;
    const here = at.to('sources', index);
    if ('podCertificate' in source && source.podCertificate) {
      const message = 'needs Kubernetes 1.34; check that yours is new enough';
      here.to('podCertificate').add('kubernetes-version', message, 'key');
    }
    for (const [name, files] of Object.entries({ configMap, secret })) {
      files?.items?.forEach(({ path }, item) => {
        take(path, here.to(name, 'items', item, 'path'));
      });
    }
    downwardAPI?.items?.forEach((file, item) => {
      const place = here.to('downwardAPI', 'items', item);
      checkDownwardFile(file, place);
      take(file.path, place.to('path'));
    });
    take(clusterTrustBundle?.path, here.to('clusterTrustBundle', 'path'));
  });
}
