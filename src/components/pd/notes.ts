import type { Notes } from '../notes.ts';

export const notes: Notes = {
  restarted:
    'if the leader restarts, the others elect a new one only once they miss it, and for seconds nobody gets a timestamp: only TiDB Operator moves the leader first; to do so yourself, run `pd-ctl member leader resign`',
  more: 'each new member joins the quorum of base and groups, which needs more than half of all members from then on',
};
