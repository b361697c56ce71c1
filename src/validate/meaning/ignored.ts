import type { At } from './at.ts';
import type { Component, ServerSpec } from './server-spec.ts';

/** Fields that TiDB Operator reads only beside others, or takes other values for. */
export function checkIgnored(component: Component, spec: ServerSpec, at: At): void {
  if (component === 'tikv') checkTiKV(spec, at);
  if (component === 'tidb') checkTiDB(spec, at);
}

function checkTiKV(spec: ServerSpec, at: At): void {
  const { privileged, securityContext, readinessProbe } = spec;
  if (privileged && securityContext && !securityContext.privileged) {
    ignored(at.to('privileged'), 'beside `securityContext`; write `privileged: true` in that, or remove it');
  }
  if (readinessProbe?.type === 'command') {
    ignored(at.to('readinessProbe', 'type'), 'on TiKV, which is always asked by TCP; remove it');
  }
  const logs = [
    ['rocksDBLogVolumeName', 'separateRocksDBLog'],
    ['raftLogVolumeName', 'separateRaftLog'],
  ] as const;
  for (const [volume, separate] of logs) {
    if (spec[volume] && !spec[separate]) {
      ignored(at.to(volume), `without \`${separate}: true\`; write that too, or remove it`);
    }
  }
}

function checkTiDB(spec: ServerSpec, at: At): void {
  const { separateSlowLog, customizedStartupProbe: probe, service } = spec;
  if (separateSlowLog === false) {
    const [first] = (['slowLogVolumeName', 'slowLogTailer'] as const).filter((field) => spec[field]);
    if (first) ignored(at.to(first), 'with `separateSlowLog: false`; remove one of them');
  }
  if (probe?.initialDelaySeconds) {
    const advice =
      'raise `failureThreshold` or `periodSeconds` for a server that starts slowly, and remove it';
    ignored(at.to('customizedStartupProbe', 'initialDelaySeconds'), `on a start-up probe; ${advice}`);
  }
  if (service?.exposeStatus === false && service.statusNodePort) {
    ignored(at.to('service', 'statusNodePort'), 'with `exposeStatus: false`; remove one of them');
  }
}

function ignored(at: At, why: string): void {
  at.add('no-effect', `has no effect ${why}`, 'key');
}
