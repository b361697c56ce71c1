import type { Notes } from '../notes.ts';

export const notes: Notes = {
  restarted:
    'while a store restarts, queries go to the other replicas of its columns, and fail or read rows where there are none',
  more: 'more stores do not give tables more replicas: `ALTER TABLE … SET TIFLASH REPLICA` does',
};
