import type { EnvVar } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { Once } from './once.ts';

/** Names as all versions of Kubernetes take them. */
const OLD_NAME = /^(?!\.\.?$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** The API server accepts a duplicate variable in some ways of applying, and refuses it in others. */
export function checkEnv(env: readonly EnvVar[] | undefined, at: Field): void {
  const names = new Once();
  env?.forEach(({ name, value, valueFrom }, index) => {
    const here = at.to(index);
    if (!names.isNew(name)) {
      here
        .to('name')
        .add('env-duplicate', `is ${show(name)}, which is set above already; remove one of them`);
    }
    if (!OLD_NAME.test(name)) {
      const message = `is ${show(name)}, a name that Kubernetes before 1.32 does not accept; use letters, digits, "_", "-" and ".", not starting with a digit`;
      here.to('name').add('kubernetes-version', message);
    }
    if (value && valueFrom) {
      const message = `must not be set together with \`value\`, which is ${show(value)}; remove one of them`;
      here.to('valueFrom').add('env-source', message, 'key');
    }
  });
}

const TAKEN = ['configMapKeyRef', 'secretKeyRef'];

/** TiDB Operator refuses other sources for a server's own variables, but does not check other containers. */
export function checkEnvSources(server: string, env: readonly EnvVar[] | undefined, at: Field): void {
  env?.forEach(({ valueFrom }, index) => {
    for (const [source, written] of Object.entries(valueFrom ?? {})) {
      if (written === null || TAKEN.includes(source)) continue;
      const message =
        'must be `configMapKeyRef` or `secretKeyRef`, because TiDB Operator accepts no other source; ' +
        `for another source, set the variable in an entry of \`additionalContainers\` with the name "${server}"`;
      at.to(index, 'valueFrom', source).add('env-source', message, 'key');
    }
  });
}
