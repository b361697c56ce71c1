import type { DNSLabel, DNSName, QuantityText } from './scalars.ts';

/** One more volume for each pod, claimed from a storage class. */
export interface StorageVolume {
  /** Name of the volume; the claim is called `<component>-<name>`. */
  name: DNSLabel;
  /** Size of the volume, such as `100Gi`. */
  storageSize: QuantityText;
  /** Storage class of the volume; default: the component's own. */
  storageClassName?: DNSName;
  /** Where the volume is mounted in the server's container; default: not mounted. */
  mountPath?: string;
  /** Class of volume attributes, such as IOPS, that the storage driver can change in place. */
  volumeAttributesClassName?: DNSName;
}
