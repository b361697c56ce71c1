import type { TiDBServiceSpec } from '../../api/index.ts';
import type { GeneratedPort } from '../component.ts';

export const PORTS = { server: 4000, status: 10080 };

/** The ports of TiDB's Service that nobody wrote: for MySQL clients, and of the status page unless it is turned off. */
export function servicePorts({
  portName,
  port,
  mysqlNodePort,
  statusNodePort,
  exposeStatus,
}: TiDBServiceSpec): { mysql: GeneratedPort; status: GeneratedPort | undefined } {
  return {
    mysql: {
      name: portName ?? 'mysql-client',
      port: port ?? PORTS.server,
      targetPort: PORTS.server,
      nodePort: mysqlNodePort,
      fields: { name: 'portName', port: 'port', nodePort: 'mysqlNodePort' },
    },
    status:
      (exposeStatus ?? true)
        ? {
            name: 'status',
            port: PORTS.status,
            targetPort: PORTS.status,
            nodePort: statusNodePort,
            fields: { nodePort: 'statusNodePort' },
          }
        : undefined,
  };
}
