/** The careful way to read all of YAML, loaded only when some text needs it. */
export { BrokenYaml } from './broken-yaml.ts';
export { readDocuments } from './read-events.ts';
