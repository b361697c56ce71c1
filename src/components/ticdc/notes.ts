import type { Notes } from '../notes.ts';

const MOVE =
  'have their changefeeds taken over by other servers, which lag meanwhile: nobody but TiDB Operator has an owner resign and ' +
  'its tables drained first; give pods time in `terminationGracePeriodSeconds`';

export const notes: Notes = {
  restarted: `servers that restart ${MOVE}`,
  fewer: `servers that go ${MOVE}`,
  // Source: TiCDC documentation, "TiCDC Server Configurations".
  team: { key: 'cluster-id', standard: 'default' },
  more: 'TiCDC moves changefeeds onto the new servers once they are up',
};
