import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A step of a GitHub job that runs a script. */
export interface Step {
  readonly name: string;
  readonly run: string;
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly steps: readonly {
          readonly name?: string;
          readonly uses?: string;
          readonly run?: string;
          readonly env?: Readonly<Record<string, string>>;
          readonly 'working-directory'?: string;
        }[];
      }
    >
  >;
}

/** The steps of a workflow's only job that run scripts, with the workflow's own environment. */
export function stepsOf(workflow: string): Step[] {
  const { env = {}, jobs }: Workflow = parse(readExample(`github/.github/workflows/${workflow}`));
  const [job] = Object.values(jobs);
  return (job?.steps ?? []).flatMap(
    ({ name = '', run, env: own = {}, 'working-directory': directory = '.' }) =>
      run === undefined ? [] : [{ name, run, directory, env: { ...env, ...own } }],
  );
}

interface Pipeline {
  readonly variables: Readonly<Record<string, string>>;
  readonly [job: string]: { readonly script?: readonly string[] };
}

/** The script of a GitLab job, which runs in one shell, and the variables of the pipeline. */
export function jobOf(name: string): { script: string; variables: Readonly<Record<string, string>> } {
  const pipeline: Pipeline = parse(readExample('gitlab/.gitlab-ci.yml'));
  return { script: (pipeline[name]?.script ?? []).join('\n'), variables: pipeline.variables };
}

export function readExample(file: string): string {
  return readFileSync(new URL(`../../examples/${file}`, import.meta.url), 'utf8');
}
