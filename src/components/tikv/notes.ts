import type { Notes } from '../notes.ts';

export const notes: Notes = {
  restartedPlain:
    'Kubernetes goes on to the next store as soon as a container has started, so several of them may be down at once, and a region with most of its replicas there cannot be read or written meanwhile: write `groups.pingcap.com/rollout: Safe` on the group first, or `statefulSetUpdateStrategy: OnDelete` and delete one pod after another, each once the store before it is Up',
};
