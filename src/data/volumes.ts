/** Kinds of volumes that come empty with each pod, and go with it: what is written there is lost. */
export const EMPTY_WITH_POD = ['emptyDir', 'ephemeral'] as const;

/** All kinds that are made with each pod. */
export const WITH_POD: readonly string[] = [
  ...EMPTY_WITH_POD,
  'configMap',
  'csi',
  'downwardAPI',
  'gitRepo',
  'image',
  'projected',
  'secret',
];
