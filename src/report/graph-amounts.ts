import { wholeUnits } from '../expand/index.ts';
import { sizeText } from '../plan/index.ts';
import type { Labels, Total } from '../system/index.ts';
import { counted } from '../text/index.ts';

/** `4 to 8 CPU, 16Gi memory`. */
export function resourcesText(requests: Labels, limits: Labels): string {
  const names = [...new Set(['cpu', 'memory', ...Object.keys(requests), ...Object.keys(limits)])];
  return names
    .flatMap((name) => {
      const [least, most] = [requests[name] ?? limits[name], limits[name]];
      if (least === undefined) return [];
      const amount = (value: string) => (name === 'cpu' ? cpuText(value) : value);
      const range =
        most === undefined || most === least ? amount(least) : `${amount(least)} to ${amount(most)}`;
      return [`${range} ${name === 'cpu' ? 'CPU' : name}`];
    })
    .join(', ');
}

/** CPUs as people count them: `1.5` rather than `1500m`. */
export function cpuText(quantity: string): string {
  const [, thousandths] = /^(\d+)m$/.exec(quantity) ?? [];
  return thousandths === undefined ? quantity : String(Number(thousandths) / 1000);
}

export function bytesText(quantity: string): string {
  const bytes = wholeUnits(quantity);
  return bytes === undefined ? quantity : sizeText(bytes);
}

/** `5 pods · 12 CPU · 48Gi memory · 900Gi storage`; what nobody asks for is left out. */
export function totalText({ pods, cpu, memory, storage }: Total): string {
  return [
    counted(pods, 'pod'),
    ...(cpu === '0' ? [] : [`${cpuText(cpu)} CPU`]),
    ...(memory === '0' ? [] : [`${bytesText(memory)} memory`]),
    ...(storage === '0' ? [] : [`${bytesText(storage)} storage`]),
  ].join(' · ');
}
