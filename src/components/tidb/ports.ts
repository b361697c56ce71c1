import type { TiDBServiceSpec } from '../../api/index.ts';
import type { GeneratedPort } from '../component.ts';

export const PORTS = { server: 4000, status: 10080 };

/**
 * The ports of TiDB's Service that nobody wrote: for MySQL clients, and of the status page unless it is turned off. What is
 * here is rendered, and checked against the ports that users add, which stand behind the first.
 */
export function servicePorts({
  portName,
  port,
  mysqlNodePort,
  statusNodePort,
  exposeStatus,
}: TiDBServiceSpec): [first: GeneratedPort, ...others: GeneratedPort[]] {
  const mysql = {
    name: portName ?? 'mysql-client',
    port: port ?? PORTS.server,
    targetPort: PORTS.server,
    nodePort: mysqlNodePort,
    fields: { name: 'portName', port: 'port', nodePort: 'mysqlNodePort' },
  };
  const status = {
    name: 'status',
    port: PORTS.status,
    targetPort: PORTS.status,
    nodePort: statusNodePort,
    fields: { nodePort: 'statusNodePort' },
  };
  return (exposeStatus ?? true) ? [mysql, status] : [mysql];
}
