import { crds } from '../../src/api/texts.ts';
import { GROUP_COMPONENTS } from '../../src/components/index.ts';

/** The CustomResourceDefinitions of all kinds of groups, as `tidb-groups crds` prints them. */
export const GROUP_CRDS = crds(GROUP_COMPONENTS.map(({ group }) => group));
