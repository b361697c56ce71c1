import type { CustomizedStartupProbe, TiDBSpec } from '../../api/index.ts';
import { copy, fields, isDnsLabel, type Member, mount, quote } from '../../expand/index.ts';
import type { MapValue } from '../../yaml/index.ts';

/** Where the init container puts the user's probe, and the server finds it. */
const DIRECTORY = '/var/lib/customized-startup-probe';

export function startupProbeMount(binaryName: string): MapValue {
  return mount(binaryName, DIRECTORY);
}

export function startupProbe(written: CustomizedStartupProbe): MapValue {
  return fields({
    exec: { command: [`${DIRECTORY}/${written.binaryName}`, ...(written.args ?? [])] },
    timeoutSeconds: positive(written.timeoutSeconds),
    periodSeconds: positive(written.periodSeconds),
    // Kubernetes takes no other number of successes for a startup probe.
    successThreshold: 1,
    failureThreshold: positive(written.failureThreshold),
  });
}

function positive(number: number | undefined): number | undefined {
  return number !== undefined && number >= 1 ? number : undefined;
}

/** Copies the user's probe from its image to where the server's container can run it. */
export function probeCopier(
  { binaryName, image }: CustomizedStartupProbe,
  { spec, at }: Member<TiDBSpec>,
): MapValue {
  if (!isDnsLabel(binaryName)) {
    const rule = 'at most 63 lowercase letters, digits and dashes, and neither begin nor end with a dash';
    at.to('spec', 'customizedStartupProbe', 'binaryName').say(
      'name-not-dns',
      `"${binaryName}" also names a container and a volume, so it must have ${rule}; rename the file in the image`,
    );
  }
  const copied = quote(`${binaryName} copy finished`);
  const source = quote(`/${binaryName}`);
  return fields({
    name: binaryName,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c'],
    args: [`cp ${source} ${quote(`${DIRECTORY}/${binaryName}`)}; echo ${copied}`],
    securityContext: copy(spec.securityContext),
    volumeMounts: [startupProbeMount(binaryName)],
  });
}
