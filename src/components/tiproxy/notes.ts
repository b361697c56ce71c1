import type { Notes } from '../notes.ts';

const BREAK =
  'lose the connections that clients have to them: neither Kubernetes nor TiDB Operator moves those; `graceful-wait-before-shutdown` in the config gives clients time to connect anew';

export const notes: Notes = {
  restarted: `servers that restart ${BREAK}`,
  fewer: `servers that go ${BREAK}`,
};
