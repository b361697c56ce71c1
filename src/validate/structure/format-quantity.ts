import type { Format } from './formats.ts';

const QUANTITY = /^[+]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,3})?$/;
const DURATION = /^[+]?((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/;

export const QUANTITIES = {
  quantity: {
    code: 'quantity',
    must: 'a quantity such as "500m", "2" or "10Gi"',
    matches: (text) => text.length <= 100 && QUANTITY.test(text),
    advice: quantityAdvice,
  },
  duration: {
    code: 'duration',
    must: 'a duration such as "30s", "10m" or "1h30m"',
    matches: (text) => text === '0' || (text.length <= 100 && DURATION.test(text)),
    advice: durationAdvice,
  },
} satisfies { [name: string]: Format };

function quantityAdvice(text: string): string | undefined {
  if (text.startsWith('-')) return 'it must not be negative';
  const parts = /^(\d+(?:\.\d+)?)\s*([kmgtpe])([i1l]?)b?$/i.exec(text);
  if (parts === null) return undefined;
  const [, number = '', letter = '', binary = ''] = parts;
  const unit = letter.toUpperCase();
  const decimal = `${number}${unit === 'K' ? 'k' : unit}`;
  return binary === ''
    ? `did you mean "${number}${unit}i" (powers of 1024) or "${decimal}" (powers of 1000)?`
    : `did you mean "${number}${unit}i"?`;
}

function durationAdvice(text: string): string | undefined {
  if (text.startsWith('-')) return 'it must not be negative';
  if (/^\d+$/.test(text)) return `did you mean "${text}s"?`;
  const days = /^(\d{1,4})d$/.exec(text);
  return days === null ? undefined : `there is no unit for days: write "${Number(days[1]) * 24}h"`;
}
