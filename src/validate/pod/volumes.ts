import type { Volume } from '../../api/index.ts';
import type { Field } from '../../problem/index.ts';
import { show } from '../structure/show.ts';
import { checkClaimTemplate } from './claim-template.ts';
import { checkDownwardFile } from './downward.ts';
import type { NewerVolume } from './newer.ts';
import { checkProjected } from './projected.ts';

/** What a source of a volume needs beside what its type says. */
export function checkVolume(volume: NewerVolume, at: Field): void {
  checkShared(volume, at);
  checkCloud(volume, at);
  checkSecretRefs(volume, at);
  volume.downwardAPI?.items?.forEach((file, index) => {
    checkDownwardFile(file, at.to('downwardAPI', 'items', index));
  });
  if (volume.projected) checkProjected(volume.projected, at.to('projected'));
  const template = volume.ephemeral?.volumeClaimTemplate;
  if (template) checkClaimTemplate(template, at.to('ephemeral', 'volumeClaimTemplate'));
  if (!volume.image) return;
  const message = 'needs Kubernetes 1.35; check that yours is new enough';
  at.to('image').add('kubernetes-version', message, 'key');
}

/** Disks on a network. */
function checkShared({ name, iscsi, fc, flocker, quobyte }: Volume, at: Field): void {
  if (iscsi) {
    const here = at.to('iscsi');
    if ((iscsi.chapAuthDiscovery || iscsi.chapAuthSession) && !iscsi.secretRef) {
      here.to('secretRef').add('field-missing', 'is missing; add it: the Secret to authenticate with');
    }
    const title = `${name}:${iscsi.targetPortal}`;
    if (iscsi.initiatorName && new TextEncoder().encode(title).length > 64) {
      const message = `must have at most 64 characters together with the volume's name if there is an \`initiatorName\`, but has ${title.length}; shorten one of them`;
      here.to('targetPortal').add('text-syntax', message);
    }
  }
  if (fc) checkFibreChannel(fc, at.to('fc'));
  if (flocker) checkFlocker(flocker, at.to('flocker'));
  if ((quobyte?.tenant?.length ?? 0) > 64) {
    at.to('quobyte', 'tenant').add('text-syntax', 'must have at most 64 characters; shorten it');
  }
}

function checkFibreChannel({ lun, targetWWNs, wwids }: NonNullable<Volume['fc']>, at: Field): void {
  const [targets, ids] = [targetWWNs?.length ?? 0, wwids?.length ?? 0];
  if (targets > 0 && ids > 0) {
    at.add('field-choice', 'must have only one of `targetWWNs` and `wwids`; remove the other');
  } else if (targets === 0 && ids === 0) {
    at.add('field-choice', 'must have one of `targetWWNs` or `wwids`; add one');
  } else if (targets > 0 && (lun ?? undefined) === undefined) {
    at.to('lun').add('field-missing', 'is missing; add it: the number of the disk at `targetWWNs`');
  }
}

function checkFlocker({ datasetName, datasetUUID }: NonNullable<Volume['flocker']>, at: Field): void {
  if (datasetName && datasetUUID) {
    at.add('field-choice', 'must have only one of `datasetName` and `datasetUUID`; remove the other');
  } else if (!datasetName && !datasetUUID) {
    at.add('field-choice', 'must have one of `datasetName` or `datasetUUID`; add one');
  }
  if (datasetName?.includes('/')) {
    at.to('datasetName').add('text-syntax', `must have no slash, but is ${show(datasetName)}`);
  }
}

/** Disks of clouds, and drivers from elsewhere. */
function checkCloud({ azureDisk, flexVolume }: Volume, at: Field): void {
  if (azureDisk) {
    const kind = azureDisk.kind || 'Shared';
    const start = kind === 'Managed' ? '/subscriptions/' : 'https://';
    if (!azureDisk.diskURI.startsWith(start)) {
      const message = `must begin with ${show(start)} for a disk of kind ${show(kind)}, but is ${show(azureDisk.diskURI)}`;
      at.to('azureDisk', 'diskURI').add('text-syntax', message);
    }
  }
  for (const key of Object.keys(flexVolume?.options ?? {})) {
    const [domain = ''] = key.split('/');
    if (!/\.(?:kubernetes|k8s)\.io$/i.test(`.${domain}`)) continue;
    const message = `must not use the domain ${show(domain)}, which is Kubernetes' own; rename it`;
    at.to('flexVolume', 'options', key).add('text-syntax', message, 'key');
  }
}

/** A Secret that is named must have a name; for other sources an empty one is none. */
function checkSecretRefs({ cinder, csi, storageos }: Volume, at: Field): void {
  const check = (secret: { readonly name?: string } | null | undefined, ...path: string[]) => {
    if (!secret || secret.name) return;
    at.to(...path, 'name').add('field-missing', 'is missing; add it: the name of the Secret');
  };
  check(cinder?.secretRef, 'cinder', 'secretRef');
  check(csi?.nodePublishSecretRef, 'csi', 'nodePublishSecretRef');
  check(storageos?.secretRef, 'storageos', 'secretRef');
}
