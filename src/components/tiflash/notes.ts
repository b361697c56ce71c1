import type { Notes } from '../notes.ts';

export const notes: Notes = {
  restarted:
    'while a store restarts, queries go to the other replicas of its columns, and fail or read rows where there are none',
  more: 'tables get no more replicas by more stores: `ALTER TABLE … SET TIFLASH REPLICA` gives them some',
};
