import { imageReference } from '../api/index.ts';
import { show } from '../text/index.ts';
import type { Group } from './group.ts';

/** As v2 takes it: a semantic version, with a `v` before it or not. */
const VERSION =
  /^v?(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;

/**
 * The version and the image. A version that is written goes with the base image; without any, the whole image counts, and
 * its tag is the version.
 */
export function convertVersion(group: Group): void {
  const { own, report, source } = group;
  const { cluster } = source;
  const section = own.written('version') === undefined ? cluster : own;
  const version = section.take('version');
  const base = group.take('baseImage');
  const image = group.value('image');
  if (version !== undefined) {
    if (image !== undefined)
      report.lost(own, ['image'], 'the version that is written counts, and `baseImage`');
    group.set(['image'], base);
    if (!isVersion(String(version.value))) refuse(group, section, String(version.value));
    group.set(['version'], version);
    return;
  }
  const { tag = '' } = imageReference(String(image ?? '')) ?? {};
  if (base !== undefined && image !== undefined)
    report.lost(own, ['baseImage'], '`image` counts where no version is written');
  group.set(['image'], group.take('image') ?? base);
  if (isVersion(tag)) group.set(['version'], tag);
  else {
    const why = `must be the version, as v8.5.7: TiDB Operator v2 needs one, and ${tag === '' ? 'there is none' : `the tag of the image, ${show(tag)}, is none`}`;
    report.refused(own, ['version'], why);
  }
}

function refuse(group: Group, section: typeof group.own, version: string): void {
  const why = `is ${show(version)}, but TiDB Operator v2 takes versions such as v8.5.7 only; write one`;
  group.report.refused(section, ['version'], why);
}

function isVersion(text: string): boolean {
  const [matched, before, build] = VERSION.exec(text) ?? [];
  const parts = (list: string | undefined) => list?.split('.') ?? [];
  const isRight = (part: string) => part !== '' && !/^0\d+$/.test(part);
  return matched !== undefined && parts(before).every(isRight) && !parts(build).includes('');
}
