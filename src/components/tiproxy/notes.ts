import type { Notes } from '../notes.ts';

const BREAK =
  'lose their clients’ connections: neither Kubernetes nor TiDB Operator moves those; `graceful-wait-before-shutdown` in the config gives clients time to reconnect';

export const notes: Notes = {
  restarted: `servers that restart ${BREAK}`,
  fewer: `servers that are removed ${BREAK}`,
};
