import type { TiFlashSpec } from '../../api/index.ts';
import {
  containerResources,
  copy,
  envField,
  fields,
  join,
  type Member,
  mount,
  quote,
  readOnlyMount,
} from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';
import { CONFIG_TEMPLATE, PROXY_TEMPLATE } from './config-facts.ts';

/** Where the ConfigMap is mounted. */
export const TEMPLATES = '/etc/tiflash';
export const CONFIG_VOLUME = 'config';

/** The first data volume, where the configs are made. */
export const FIRST = { name: 'data0', path: '/data0' };

/** What stands in a template for the number of the pod. */
export const POD_NUMBER = 'POD_NUM';
/** And for its namespace, where nobody has said yet which one that is. */
export const POD_NAMESPACE = 'POD_NAMESPACE';

/** The init container that makes each pod its own configs. */
export function configMaker({ names, spec, helper }: Member<TiFlashSpec>): MapValue {
  const isPlaced = names.namespace !== undefined;
  const { initializer } = spec;
  return fields({
    name: 'init',
    image: helper.image,
    command: ['sh', '-c', script(isPlaced)],
    env: [
      envField('POD_NAME', 'metadata.name'),
      ...(isPlaced ? [] : [envField('NAMESPACE', 'metadata.namespace')]),
    ],
    resources: containerResources(initializer ?? {}),
    securityContext: copy(initializer?.securityContext),
    volumeMounts: [mount(FIRST.name, FIRST.path), readOnlyMount(CONFIG_VOLUME, TEMPLATES)],
  });
}

function script(isPlaced: boolean): string {
  const number = `-e "s/${POD_NUMBER}/$number/g"`;
  const edits = isPlaced ? number : `${number} -e "s/${POD_NAMESPACE}/$NAMESPACE/g"`;
  const lines = [
    'set -eu',
    'number=`printf %s "$POD_NAME" | sed "s/.*-//"`',
    ...[
      [CONFIG_TEMPLATE, 'config.toml'],
      [PROXY_TEMPLATE, 'proxy.toml'],
    ].map(
      ([from = '', to = '']) =>
        `sed ${edits} ${quote(join(TEMPLATES, from))} >${quote(join(FIRST.path, to))}`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
