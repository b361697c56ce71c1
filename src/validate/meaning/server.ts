import { type AnySpec, componentIn, type Section } from '../../components/index.ts';
import type { Field } from '../../problem/index.ts';
import { checkEnv, checkEnvSources } from './env.ts';
import { checkIgnored } from './ignored.ts';
import { checkLabels } from './labels.ts';
import { checkLogVolumes } from './log-volumes.ts';
import { checkMounts } from './mounts.ts';
import { checkPorts } from './ports.ts';
import { checkResources } from './resources.ts';
import { checkAffinity } from './selectors.ts';
import { checkService } from './service.ts';
import { checkServicePorts } from './service-ports.ts';
import { checkSpread } from './spread.ts';
import { checkStorage } from './storage.ts';
import { checkSwitches } from './switches.ts';
import { checkTolerations } from './tolerations.ts';
import { checkVersionTag } from './version-tag.ts';
import { checkVolumes } from './volumes.ts';

/** Checks a component, of a TidbCluster or as a group. `instance` labels its pods. */
export function checkServer(component: Section, instance: string, spec: AnySpec, at: Field): void {
  checkStorage(component, spec, at);
  checkResources(component, spec, at);
  checkEnv(spec.env, at.to('env'));
  checkEnvSources(component, spec.env, at.to('env'));
  checkAffinity(spec.affinity, at.to('affinity'));
  checkTolerations(spec.tolerations, at.to('tolerations'));
  checkPorts(component, spec, at);
  checkVolumes(component, spec, at);
  checkMounts(spec, at);
  checkLogVolumes(component, spec, at);
  checkIgnored(component, spec, at);
  checkSpread(spec.topologySpreadConstraints, at.to('topologySpreadConstraints'));
  checkLabels(spec.labels, instance, component, at.to('labels'));
  checkVersionTag(spec, at);
  checkSwitches(spec.annotations, at.to('annotations'));
  if (!spec.service) return;
  checkService(spec.service, at.to('service'));
  checkLabels(spec.service.labels, instance, component, at.to('service', 'labels'));
  const generated = componentIn(component)?.servicePorts?.(spec.service);
  if (generated) checkServicePorts(generated, spec.service, at.to('service'));
}
