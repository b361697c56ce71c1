import type { TidbCluster } from '../../api/index.ts';
import type { AnySpec } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

/** The slow log's container runs the cluster's helper image where the cluster names one. */
export function checkHelper(
  { slowLogTailer, separateSlowLog }: AnySpec,
  { spec }: TidbCluster,
  at: Field,
): void {
  if (separateSlowLog === false) return;
  if (slowLogTailer?.image === '' && !spec.helper?.image) {
    at.to('slowLogTailer', 'image').add('field-missing', 'must not be empty; give it a value or remove it');
  }
  for (const field of ['image', 'imagePullPolicy'] as const) {
    const [own, helper] = [slowLogTailer?.[field], spec.helper?.[field]];
    if (!own || !helper || own === helper) continue;
    const message = `has no effect, because \`spec.helper.${field}\` of the TidbCluster is ${show(helper)}; remove one of them`;
    at.to('slowLogTailer', field).add('no-effect', message, 'key');
  }
}
