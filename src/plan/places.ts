import { dataDirectories } from '../components/index.ts';
import { type DataDirectory, type Mount, Mounts, type Placed, WITH_POD } from '../data/index.ts';
import { join } from '../expand/index.ts';
import { type MapValue, mapsAt, textAt } from '../yaml/index.ts';
import { textOfValue } from './finding.ts';
import { serverOf, type Workload } from './workload.ts';

/** Where data lies, whatever it is mounted as. */
export interface Place {
  /** Whether its contents survive when the pod is replaced. */
  readonly lasts: boolean;
  /** Equal for two places exactly if they have the same contents. */
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
  const mounts = new Mounts(mapsAt(serverOf(workload), 'volumeMounts').map(mountOf));
  const volumes = volumesOf(workload);
  return dataDirectories({ component, configs: tables, dataDir }).map((directory) => {
    const placed = mounts.placeOf(directory.path);
    return { ...directory, place: placed === undefined ? CONTAINER : onVolume(volumes, placed) };
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

/** The volumes of the pods by their names: claims, and the sources of others. */
interface Volumes {
  readonly claims: ReadonlySet<string>;
  readonly others: ReadonlyMap<string, MapValue>;
}

function volumesOf({ claims, template }: Workload): Volumes {
  const others = mapsAt(template, 'spec', 'volumes').map(
    (volume) => [textAt(volume, 'name'), volume] as const,
  );
  // Of two with one name, the first counts.
  return { claims: new Set(claims.map(({ name }) => name)), others: new Map(others.toReversed()) };
}

function onVolume({ claims, others }: Volumes, { volume, within }: Placed): Place {
  const below = within === '' ? '' : ` below "${within}"`;
  if (claims.has(volume)) {
    const id = `claim ${volume}/${within}`;
    return { lasts: true, id, text: `the volume "${volume}"${below}`, volume, claim: volume };
  }
  const { name: _, ...source } = others.get(volume) ?? {};
  const [kind = 'emptyDir'] = Object.keys(source);
  const onNode = textAt(source, 'hostPath', 'path');
  if (onNode !== '') {
    const path = join(onNode, within);
    return { lasts: true, id: `node ${path}`, text: `"${path}" of the node`, volume, claim: '' };
  }
  const id = `${textOfValue(source)}/${within}`;
  const text = `the volume "${volume}" (\`${kind}\`)${below}`;
  return { lasts: !WITH_POD.includes(kind), id, text, volume, claim: '' };
}
