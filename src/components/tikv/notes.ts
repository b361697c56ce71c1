import type { Notes } from '../notes.ts';

export const notes: Notes = {
  restartedPlain:
    'Kubernetes goes on to the next store as soon as a container has started, so two or more of them may be down at once, and regions with most of their replicas there stop meanwhile: write `groups.pingcap.com/rollout: Safe` on the group first, or `statefulSetUpdateStrategy: OnDelete`, and delete each pod once the store before it is Up',
};
