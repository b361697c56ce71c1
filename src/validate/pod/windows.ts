import type { SecurityContext } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';

type WindowsOptions = NonNullable<SecurityContext['windowsOptions']>;

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const DNS_DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const NETBIOS_DOMAIN = /^(?!\.)[^\\/:*?"<>|]{1,15}$/;
const USER = /^(?![. ]+$)[^"/\\:;|=,+*?<>@[\]]{1,104}$/;
const LONGEST_DOMAIN = 255;
const MOST_KIB = 64;

/** What Kubernetes asks of the options for nodes with Windows, whichever node the pod is for. */
export function checkWindows({ gmsaCredentialSpec, runAsUserName }: WindowsOptions, at: Field): void {
  if ((gmsaCredentialSpec?.length ?? 0) > MOST_KIB * 1024) {
    at.to('gmsaCredentialSpec').add('text-syntax', `must have at most ${MOST_KIB} KiB; shorten it`);
  }
  if (runAsUserName && !isUserName(runAsUserName)) {
    const message = `must be a Windows user name, "user" or "domain\\user", but ${show(runAsUserName)} is not`;
    at.to('runAsUserName').add('text-syntax', message);
  }
}

function isUserName(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no name may hold.
  if (/[\u0000-\u001f\u007f]/.test(text)) return false;
  const [first = '', second, ...more] = text.split('\\');
  if (more.length > 0) return false;
  if (second === undefined) return USER.test(first);
  const isDomain = NETBIOS_DOMAIN.test(first) || (first.length <= LONGEST_DOMAIN && DNS_DOMAIN.test(first));
  return isDomain && USER.test(second);
}
