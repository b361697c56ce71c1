import { seeded } from './random.ts';
import type { Resource } from './resource.ts';

/** Scripts and settings as block literals, some with text that looks like a resource but is not one. */
export function configMap(index: number, namespace: string): Resource {
  const random = seeded(index);
  const name = `app-${String(index).padStart(5, '0')}`;
  const bucket = `backup-${random.below(1000)}`;
  return {
    kind: 'ConfigMap',
    name,
    namespace,
    file: `${namespace}/${name}/config-map.yaml`,
    ...(index % 5 === 0 ? { comment: 'Scripts of the nightly jobs.' } : {}),
    head: `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: {app: ${name}}
  annotations:
    example.com/reviewed: "2025-11-0${1 + random.below(9)}"
`,
    tail: `data:
  backup.sh: |
    #!/bin/sh
    set -eu

    # Keeps ${3 + random.below(20)} days; older ones go to cold storage.
    DAY=$(date +%F)
    for table in orders items "audit log"; do
      echo "dumping \${table} of \${DAY}" >&2
      dump --table "\${table}" | gzip > "/dumps/\${table}.gz"
    done
    upload --to "s3://${bucket}/\${DAY}" /dumps/*.gz
    kubectl apply -f - <<'EOF'
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: last-backup
    data: {day: "\${DAY}"}
    ---
    - kind: TidbCluster
      # no resource, only a text that looks like one
    EOF
  clean.sh: |-
    #!/bin/sh
    find /work -name '*.gz' -mtime +${1 + random.below(9)} -print0 |
      xargs -0 rm -f

    exit 0
  spending.awk: |2

    BEGIN { FS = "," }
    # The first line holds the names of the columns.
    NR > 1 { total[$2] += $${4 + random.below(5)} }
    END {
      for (team in total)
        printf "%-20s %12.2f\\n", team, total[team]
    }
  # Read by the server at its start; JSON, because its parser is old.
  settings.json: |
    {
      "retries": ${random.below(9)},
      "endpoints": ["a.example.com:443", "b.example.com:443"],
      "ratio": 0.${1 + random.below(9)},
      "on": true
    }
  server.properties: |
    # generated once, then kept by hand
    listen=0.0.0.0:${8000 + random.below(900)}
    pool.size=${4 + random.below(60)}
    greeting=Grüße aus der Küche
    pattern=^[a-z]+(-[a-z0-9]+)*$
    timeout=${random.below(60)}s
  motd: >
    Settings of this file are read once; restart the
    server after a change, or wait for the night.

    Questions go to the team that is on call.
  enabled: "on"
  retries: '${random.below(9)}'
  schedule: "${random.below(60)} ${random.below(24)} * * *"
  version: "1.${random.below(10)}0"
`,
  };
}
