/** YAML changed: values written as text, and edits in a text, of which all else stays as it is. */
export { commentsBetween, commentsOf } from './comments.ts';
export { dedent } from './dedent.ts';
export type { Edit } from './edit.ts';
export { editedValue } from './edit-value.ts';
export { editedText } from './edited-text.ts';
export { flowEntries, flowValue } from './flow-text.ts';
export { jsonForYaml } from './json-text.ts';
export { linesOf } from './lines-of.ts';
export { writeFlow, writeMap } from './write.ts';
