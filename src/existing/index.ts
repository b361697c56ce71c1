/** Users' own resources that do what one of ours would: ours is then left out, and a message names theirs. */
export { isWatched } from './kinds.ts';
export { type Existing, type Offer, withoutExisting } from './offers.ts';
export { isOwn, ownResources } from './own.ts';
export { labelNames, labelsUnwanted, labelsWanted, selects } from './selects.ts';
