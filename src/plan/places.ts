import { dataDirectories } from '../components/index.ts';
import { type DataDirectory, type Mount, MountedVolumes, type Placed } from '../data/index.ts';
import { join } from '../expand/index.ts';
import { type MapValue, mapsAt, textAt } from '../list/index.ts';
import { textOfValue } from './finding.ts';
import { serverOf, type Workload } from './workload.ts';

/** Where data lies, whatever it is mounted as. */
export interface Place {
  /** Whether what is there is still there when the pod was replaced. */
  readonly lasts: boolean;
  /** The same for two places exactly where what is in the one is in the other. */
  readonly id: string;
  /** For people: `the volume "tikv"`. */
  readonly text: string;
  /** The volume of the pod, or ''. */
  readonly volume: string;
  /** The claim that it is, or ''. */
  readonly claim: string;
}

/** A directory in which the servers keep data, and where it lies. */
export interface PlacedDirectory extends DataDirectory {
  readonly place: Place;
}

export function placesOf(workload: Workload): PlacedDirectory[] {
  const { component, configs, dataDir } = workload;
  const tables = new Map(configs.map(({ name, table }) => [name, table]));
  const mounted = new MountedVolumes(mapsAt(serverOf(workload), 'volumeMounts').map(mountOf));
  const claims = new Set(workload.claims.map(({ name }) => name));
  return dataDirectories({ component, configs: tables, dataDir }).map((directory) => {
    const placed = mounted.placeOf(directory.path);
    return { ...directory, place: placed === undefined ? CONTAINER : onVolume(workload, claims, placed) };
  });
}

const CONTAINER: Place = {
  lasts: false,
  id: 'container',
  text: 'the container itself',
  volume: '',
  claim: '',
};

function mountOf(mount: MapValue): Mount {
  return {
    volume: textAt(mount, 'name'),
    path: textAt(mount, 'mountPath'),
    subPath: textAt(mount, 'subPath') || textAt(mount, 'subPathExpr'),
  };
}

function onVolume({ template }: Workload, claims: ReadonlySet<string>, { volume, within }: Placed): Place {
  const below = within === '' ? '' : ` below "${within}"`;
  if (claims.has(volume)) {
    const id = `claim ${volume}/${within}`;
    return { lasts: true, id, text: `the volume "${volume}"${below}`, volume, claim: volume };
  }
  const found = mapsAt(template, 'spec', 'volumes').find(({ name }) => name === volume) ?? {};
  const { name: _, ...source } = found;
  const [kind = 'emptyDir'] = Object.keys(source);
  const onNode = textAt(source, 'hostPath', 'path');
  if (onNode !== '') {
    const path = join(onNode, within);
    return { lasts: true, id: `node ${path}`, text: `"${path}" of the node`, volume, claim: '' };
  }
  const id = `${textOfValue(source)}/${within}`;
  const text = `the volume "${volume}" (\`${kind}\`)${below}`;
  return { lasts: !WITH_POD.has(kind), id, text, volume, claim: '' };
}

/** Volumes that are made with each pod, and go with it. */
const WITH_POD = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'gitRepo',
  'image',
  'projected',
  'secret',
]);
