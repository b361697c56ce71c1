import type { TiKVGroup, TiKVSpec } from '../api/index.ts';
import { tikvConfig } from '../config/index.ts';
import type { MapValue } from '../list/index.ts';
import { configMap } from './config-map.ts';
import { serverImage } from './image.ts';
import { type ExpandInput, memberOf } from './member.ts';
import { reportConfig } from './report.ts';
import { peerService } from './services.ts';
import { TIKV_PORT, TIKV_STATUS_PORT, tikvStartScript } from './start-script-tikv.ts';
import { statefulSet } from './stateful-set.ts';
import { asStored } from './stored.ts';
import { tikvContainer } from './tikv-container.ts';
import { tikvLogTailers } from './tikv-logs.ts';
import { tikvClaims, tikvVolumes } from './tikv-volumes.ts';

/** The workloads of a TiKVGroup: ConfigMap, Service and StatefulSet, in this order. */
export function expandTiKVGroup(input: ExpandInput<TiKVGroup>): MapValue[] {
  const member = memberOf<TiKVSpec>('tikv', input);
  const { clusterTls, report } = member;
  const { config } = input.group.object.spec;
  const image = serverImage(member);
  const text = tikvConfig(config, { clusterTls }, reportConfig(config, report));
  const files = configMap(member, text, tikvStartScript(member));
  const generated = {
    containers: [...tikvLogTailers(member, image), tikvContainer(member, image)],
    initContainers: [],
    volumes: tikvVolumes(member, files.name),
    metricsPort: TIKV_STATUS_PORT,
  };
  const set = statefulSet(member, generated, tikvClaims(member));
  const all = [files.resource, peerService(member, 'peer', TIKV_PORT), ...(set === undefined ? [] : [set])];
  return all.map(asStored);
}
