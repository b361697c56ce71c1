import { isComponentName, type Section } from '../../components/index.ts';
import { POD } from '../../components/pod.generated.ts';
import type { GeneratedPod } from '../../components/pod.ts';

/** What is generated into the pods of a section; undefined where nothing is known of it. */
export function generatedPod(section: Section): GeneratedPod | undefined {
  return isComponentName(section) ? POD[section] : undefined;
}
