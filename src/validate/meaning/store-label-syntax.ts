import type { Config } from '../../api/index.ts';
import { type AnySpec, byName } from '../../components/index.ts';
import { getKey, type Reader } from '../../config/index.ts';
import { isMap } from '../../list/index.ts';
import { show } from '../structure/show.ts';
import type { At } from './at.ts';
import { readQuietly } from './config.ts';
import { addOfKey } from './config-key.ts';

const KEY = /^\$?[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?$/;
const VALUE = /^[-A-Za-z0-9_./]*$/;
const RULE = 'letters, digits, dashes, underscores, dots and slashes';

/** TiKV does not start with a label that it does not take. */
export function checkStoreLabelSyntax(
  { env }: AnySpec,
  config: Config | null | undefined,
  reader: Reader,
  at: At,
): void {
  if (config) checkConfig(config, reader, at.to('config'));
  env?.forEach(({ name, value }, index) => {
    if (name === 'STORE_LABELS' && value) checkVariable(value, at.to('env', index, 'value'));
  });
}

function checkConfig(config: Config, reader: Reader, at: At): void {
  const mentioned =
    typeof config === 'string' ? config.includes('labels') : isMap(config.server) && config.server.labels;
  const table = mentioned ? readQuietly(byName.tikv.configs[0], config, reader) : undefined;
  const labels = table && getKey(table, 'server.labels');
  if (!(labels instanceof Map)) return;
  for (const [key, value] of labels) {
    const path = ['server', 'labels', key];
    if (!KEY.test(key)) {
      const message = `is no key that TiKV takes for a label: it must be ${RULE}, with a letter or digit at both ends`;
      addOfKey('store-label-syntax', path, message, config, at);
    } else if (typeof value !== 'string') {
      const message = `must be text for TiKV, and ${show(String(value))} is none; put it in quotes`;
      addOfKey('store-label-syntax', path, message, config, at, 'value');
    } else if (!VALUE.test(value)) {
      const message = `must be ${RULE} for TiKV, and is ${show(value)}`;
      addOfKey('store-label-syntax', path, message, config, at, 'value');
    }
  }
}

function checkVariable(text: string, at: At): void {
  const wrong = text.split(',').find((label) => {
    const [key = '', value, ...more] = label.split('=');
    return value === undefined || more.length > 0 || !KEY.test(key) || !VALUE.test(value);
  });
  if (wrong === undefined) return;
  const message = `must be labels such as "zone=a,disk=nvme", of ${RULE}, and ${show(wrong)} is none that TiKV takes`;
  at.add('store-label-syntax', message);
}
