import type { Notes } from '../notes.ts';
import { ARGUMENT_KEYS } from './config-facts.ts';

const MOVE =
  'have their changefeeds taken over by other servers, and these lag meanwhile: only TiDB Operator makes an owner resign and ' +
  'drains its tables first; give pods time in `terminationGracePeriodSeconds`';

export const notes: Notes = {
  restarted: `servers that restart ${MOVE}`,
  fewer: `servers that are removed ${MOVE}`,
  argumentKeys: ARGUMENT_KEYS,
  // Source: TiCDC documentation, "TiCDC Server Configurations".
  team: { key: 'cluster-id', standard: 'default' },
  more: 'TiCDC moves changefeeds onto the new servers once they are up',
};
