/** The render: a list of resources in, what becomes of it out. */

export { type Adopted, adoptClusters } from './adopt-clusters.ts';
export { convertResources } from './convert-resources.ts';
export { framed, reportCut, withNewline } from './frame.ts';
export { INTEREST } from './interest.ts';
export { reportLeftovers } from './leftovers.ts';
export { isGroup, type Manifest, manifests } from './manifests.ts';
export { type FunctionConfig, readFunctionConfig, readTexts } from './read-config.ts';
export { render } from './render.ts';
export { renderToApply, renderToValidate } from './render-to.ts';
export { reportUnrendered } from './rendered.ts';
export { DEFAULT_SETTINGS, type Settings } from './settings.ts';
export { snapshotOf } from './snapshot-of.ts';
