import type { DNSLabel, DNSName, QuantityText } from './scalars.ts';

/** One more volume for each pod, claimed from a storage class. */
export interface StorageVolume {
  /** Name of the volume; the claim is called `<component>-<name>`. */
  name: DNSLabel;
  /** Size of the volume, such as `100Gi`. */
  storageSize: QuantityText;
  /** Storage class of the volume; the component's own where none is given. */
  storageClassName?: DNSName;
  /** Where the volume is mounted in the server's container; not mounted where none is given. */
  mountPath?: string;
  /** Class of volume attributes, such as IOPS, that the storage driver can change in place. */
  volumeAttributesClassName?: DNSName;
}
