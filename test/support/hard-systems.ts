import type { Servers, System } from '../../src/system/index.ts';
import { cluster, stream, tidbGroup, tikvGroup } from './basic.ts';
import { serversNamed, systemIn, systemNamed } from './system.ts';

/** Texts that mean something to Mermaid, Markdown, Graphviz, HTML, XML or a terminal. */
export const HOSTILE = [
  '"quotes" \'and\' `backticks`',
  '<script>alert(1)</script>',
  '</text></svg><img src=x onerror=alert(1)>',
  '&lt; &#34; #quot; #35;',
  'style:x#y; classDef:b#c; end',
  '%%{init: {"theme": "dark"}}%%',
  '**bold** _under_ ~~gone~~ [link](https://example.com) @someone',
  'a | b --> c; subgraph x',
  'back\\slash \\n \\l \\" {a} <b>',
  '数据库 🚀 é مرحبا',
  '\u000b \u001b[31m \u2028 \u202e \u061c \u00ad \u200b \ufffe \u{e0041}',
];

const LONG = 'w'.repeat(52);

/** Systems whose pictures must be readable, whatever they contain. */
export async function hardSystems(): Promise<[what: string, system: System][]> {
  const many = Array.from({ length: 9 }, (_, index) => tikvGroup(`store-${index}`, 'basic'));
  const sql = Array.from({ length: 5 }, (_, index) => tidbGroup(`sql-${index}`, 'basic'));
  const long = tikvGroup(
    'hot',
    'basic',
    `  nodeSelector: {${LONG}.example.com/${LONG}: ${LONG}}\n  storageClassName: ${LONG}.${LONG}\n`,
  );
  const base = `${cluster('basic')}  tidb: {replicas: 2}\n`;
  return [
    ['every component', await systemNamed('everything')],
    ['clusters that join others', await systemNamed('joined')],
    ['a base alone', await systemIn(cluster('basic'))],
    ['PD alone', await systemIn(cluster('basic').replace(/ {2}tikv:[\s\S]*/, ''))],
    ['many groups', await systemIn(stream(base, ...many, ...sql))],
    [
      'long texts',
      await systemIn(base, long, tidbGroup('a-very-long-name-of-a-group-of-sql-for-reports', 'basic')),
    ],
    [
      'texts that mean something',
      hostile(await systemIn(base, tikvGroup('hot', 'basic'), tidbGroup('web', 'basic'))),
    ],
  ];
}

/** The same system with a hostile text in place of each text of a user. */
function hostile(system: System): System {
  const [text = ''] = HOSTILE;
  const web = serversNamed(system, 'web', 'tidb');
  const strange: Servers = {
    ...web,
    name: text,
    version: text,
    services: HOSTILE.map((name) => ({ name, namespace: name, type: name, ports: [] })),
    volumes: HOSTILE.map((name) => ({ name, size: name, storageClass: name })),
    placement: {
      zones: HOSTILE,
      nodes: Object.fromEntries(HOSTILE.map((name) => [name, name])),
      spreadOver: HOSTILE,
      labels: Object.fromEntries(HOSTILE.map((name) => [name, name])),
      labelsFromNodes: HOSTILE,
      data: 'of any table',
    },
    differences: HOSTILE.map((name) => ({ field: name, base: name, here: name })),
  };
  return {
    clusters: system.clusters.map((cluster) => ({
      ...cluster,
      name: HOSTILE.join(' '),
      locationLabels: HOSTILE,
      servers: [...cluster.servers, strange],
    })),
  };
}
