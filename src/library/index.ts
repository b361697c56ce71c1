/**
 * tidb-groups as a library: the function for kpt-functions, and its parts on text for people who build tools.
 *
 * Nothing here reads files, the environment or a clock: the same texts give the same answer on every machine.
 *
 * @packageDocumentation
 */
export { ExpandError, expandTidbGroups } from '../../functions/expand-tidb-groups/index.ts';
export type { ReportedProblem } from '../report/index.ts';
export { type Planned, plan } from './plan.ts';
export { type Rendered, render } from './render.ts';
export type { Settings } from './settings.ts';
export type { Manifests, ManifestText } from './texts.ts';
export { type Validated, validate } from './validate.ts';
