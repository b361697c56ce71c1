import type { Amount, ServerSpec, StorageVolume } from '../api/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { fields } from './copy.ts';
import type { Member } from './member.ts';
import { isDnsLabel, storageVolumeName } from './names.ts';

/** The classes of a volume; an empty storage class is one too: it means no class. */
interface Classes {
  readonly storageClassName?: string | undefined;
  readonly volumeAttributesClassName?: string | undefined;
}

export function claimTemplate(name: string, size: Amount | undefined, classes: Classes): MapValue {
  return {
    metadata: { name },
    spec: fields({
      accessModes: ['ReadWriteOnce'],
      storageClassName: classes.storageClassName,
      volumeAttributesClassName: classes.volumeAttributesClassName,
      resources: size === undefined ? undefined : { requests: { storage: size } },
    }),
  };
}

type StoringSpec = ServerSpec & Classes & { readonly storageVolumes?: readonly StorageVolume[] };

/** A claim template for each of `storageVolumes`; a class that one does not name is the server's. */
export function storageClaims({ component, spec, at }: Member<StoringSpec>): MapValue[] {
  return (spec.storageVolumes ?? []).map((volume, index) => {
    const name = storageVolumeName(component, volume.name);
    if (!isDnsLabel(name)) {
      const rule = 'at most 63 lowercase letters, digits and dashes, and not end with a dash';
      at.to('spec', 'storageVolumes', index, 'name').say(
        'name-not-dns',
        `the volume would be called "${name}", which must have ${rule}; rename it`,
      );
    }
    return claimTemplate(name, volume.storageSize, {
      storageClassName: volume.storageClassName || spec.storageClassName,
      volumeAttributesClassName: volume.volumeAttributesClassName || spec.volumeAttributesClassName,
    });
  });
}
