import type { Notes } from '../notes.ts';

export const notes: Notes = {
  restarted:
    'a member that leads and restarts is followed by another only once the others miss it, for seconds in which nobody gets a timestamp: only TiDB Operator moves the leader first; do so by `pd-ctl member leader resign`',
  more: 'each new member joins the quorum of base and groups, which needs more than half of all members from then on',
};
