/**
 * Problems for people and programs. The explanations of codes are separate, in explain.ts and format-sarif.ts: an
 * ordinary run does not load them.
 */
export { formatGithub } from './format-github.ts';
export { formatJson } from './format-json.ts';
export { formatText } from './format-text.ts';
export { asRead } from './order.ts';
export type { Report } from './report.ts';
export { type ReportedProblem, reported } from './reported.ts';
export { asResults } from './results.ts';
export { asCounted, hasErrors } from './strict.ts';
export { terminalText } from './terminal.ts';
export { asLines } from './text.ts';
