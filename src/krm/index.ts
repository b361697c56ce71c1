/** What kustomize and kpt write into annotations, and read from them. */
export {
  DELETION,
  DEPENDS_ON,
  DOMAINS,
  FUNCTION,
  IDS,
  INDEX,
  isBesideFields,
  isLocal,
  isOfApply,
  isOfOrigin,
  isToolAnnotation,
  KUSTOMIZE,
  KUSTOMIZE_ID,
  LOCAL_CONFIG,
  PACKAGE,
  PATH,
  TOOL_MARKERS,
} from './annotations.ts';
export { fileOf, indexOf, isOfKustomize, isWrittenBack, PATHS, placeNextTo } from './files.ts';
export { type History, historyOf } from './history.ts';
export { isKptfile, TOOL_GROUPS } from './kinds.ts';
