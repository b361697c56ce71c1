import { CODES, type Code, formatPath, type Place, type Problem, type Severity } from '../problem/index.ts';
import type { MapValue } from '../yaml/index.ts';
import { explain, firstSentence } from './explain.ts';
import { Fingerprints } from './fingerprint.ts';
import { inPlaces } from './order.ts';
import { formatResource } from './place.ts';
import type { Report } from './report.ts';

const LEVEL: { readonly [severity in Severity]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

export interface SarifOptions {
  /** The URI of a file from the root of the repository, or undefined if it is not one. */
  uriOf(file: string): string | undefined;
  /** Of tidb-groups. */
  readonly version: string;
}

/** SARIF 2.1.0, as code scanners and their viewers read it. */
export function formatSarif({ problems }: Report, { uriOf, version }: SarifOptions): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const fingerprints = new Fingerprints();
  const results = inPlaces(problems).map(({ problem, place }) => ({
    ruleId: problem.code,
    ruleIndex: codes.indexOf(problem.code),
    level: LEVEL[problem.severity],
    message: { text: withoutLinks(problem.message) },
    locations: [locationOf(problem, place, uriOf)],
    partialFingerprints: { primaryLocationLineHash: fingerprints.of(problem) },
  }));
  const driver = { name: 'tidb-groups', semanticVersion: version, rules: codes.map(ruleOf) };
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: Code): MapValue {
  const { section = code, meaning = code, advice = code } = explain(code) ?? {};
  return {
    id: code,
    shortDescription: { text: firstSentence(meaning) },
    fullDescription: { text: meaning },
    help: { text: advice, markdown: section },
    defaultConfiguration: { level: LEVEL[CODES[code]] },
  };
}

/** A text is text but for links, which are written as in Markdown. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

function locationOf(problem: Problem, place: Place, uriOf: SarifOptions['uriOf']): MapValue {
  const uri = place.file === undefined ? undefined : uriOf(place.file);
  const resource = formatResource(problem);
  const field = formatPath(problem.path ?? []);
  const location: MapValue = {};
  if (uri !== undefined) {
    // Only a relative URI has a base.
    const base = /^[a-z]+:/.test(uri) ? {} : { uriBaseId: '%SRCROOT%' };
    location.physicalLocation = { artifactLocation: { uri, ...base }, ...regionOf(place) };
  }
  if (resource !== '') {
    const fullyQualifiedName = field === '' ? resource : `${resource}: ${field}`;
    location.logicalLocations = [{ fullyQualifiedName, kind: 'resource' }];
  }
  return location;
}

/** Code scanners want a line also where a problem is about the file as a whole. */
function regionOf({ line, column, endLine, endColumn }: Place): MapValue {
  if (line === undefined || column === undefined) return { region: { startLine: 1 } };
  const end = endLine === undefined || endColumn === undefined ? {} : { endLine, endColumn };
  return { region: { startLine: line, startColumn: column, ...end } };
}
