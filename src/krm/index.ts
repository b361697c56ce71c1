/** What kustomize and kpt write into annotations, and read from them. */
export {
  DELETION,
  DEPENDS_ON,
  FUNCTION,
  IDS,
  INDEX,
  isLocal,
  KUSTOMIZE,
  KUSTOMIZE_ID,
  LOCAL_CONFIG,
  PACKAGE,
  PATH,
} from './annotations.ts';
export { fileOf, indexOf, isOfKustomize, isWrittenBack, PATHS, placeNextTo } from './files.ts';
export { type History, historyOf } from './history.ts';
export { isKptfile, TOOL_GROUPS } from './kinds.ts';
export {
  DOMAINS,
  isBesideFields,
  isOfApply,
  isOfOrigin,
  isToolAnnotation,
  TOOL_MARKERS,
} from './tool-annotations.ts';
