/** Takes the data off stores before they go, by a Job of its own. */
export { type DrainPod, type DrainSettings, drain } from './job.ts';
