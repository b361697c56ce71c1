import { readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';

/** A step of a GitHub job or action that runs a script. */
export interface Step {
  readonly name: string;
  readonly id: string;
  readonly run: string;
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
}

interface WrittenStep {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly WrittenStep[] }>>;
}

/** The action of this repository. */
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly WrittenStep[] };
}

export const ACTION: Action = parse(readProject('action.yml'));

/** The steps of a workflow's only job that run scripts, those of our action among them. */
export function stepsOf(workflow: string): Step[] {
  const { env = {}, jobs }: Workflow = parse(readExample(`github/.github/workflows/${workflow}`));
  const [job] = Object.values(jobs);
  return (job?.steps ?? []).flatMap((step) =>
    step.uses?.startsWith('example/tidb-groups@') ? actionSteps(step.with ?? {}) : scriptOf(step, env),
  );
}

/** The steps of our action, with the inputs in their environment as a workflow gives them. */
export function actionSteps(inputs: Readonly<Record<string, string>>): Step[] {
  const unknown = Object.keys(inputs).filter((name) => ACTION.inputs[name] === undefined);
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join()}`);
  return ACTION.runs.steps
    .flatMap((step) => scriptOf(step, {}))
    .map((step) => ({
      ...step,
      env: Object.fromEntries(
        Object.entries(step.env).map(([name, text]) => {
          const [, input] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text) ?? [];
          return [name, input === undefined ? text : (inputs[input] ?? ACTION.inputs[input]?.default ?? '')];
        }),
      ),
    }));
}

function scriptOf(
  { name = '', id = '', run, env: own = {}, 'working-directory': directory = '.' }: WrittenStep,
  env: Readonly<Record<string, string>>,
): Step[] {
  return run === undefined ? [] : [{ name, id, run, directory, env: { ...env, ...own } }];
}

/** A GitLab job: its script, which runs in one shell, and its variables. */
export interface Job {
  readonly name: string;
  readonly script: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly text: string;
}

interface Component {
  readonly spec: { readonly inputs: Readonly<Record<string, { readonly default?: string }>> };
}

/** The job of the component as GitLab makes it of the inputs. */
export function componentJob(inputs: Readonly<Record<string, string>>): Job {
  const text = readProject('templates/plan.yml');
  const [head, body = ''] = text.split(/^---\n/m);
  const { spec }: Component = parse(head ?? '');
  const unknown = Object.keys(inputs).filter((name) => spec.inputs[name] === undefined);
  if (unknown.length > 0) throw new Error(`the component has no input ${unknown.join()}`);
  const filled = body.replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) => {
    const value = inputs[name] ?? spec.inputs[name]?.default;
    if (value === undefined) throw new Error(`the component needs the input ${name}`);
    return value;
  });
  const [document] = parseAllDocuments(filled);
  const jobs: Readonly<Record<string, Omit<Job, 'name' | 'script'> & { script: readonly string[] }>> =
    document?.toJS() ?? {};
  const [[name, job] = ['', undefined]] = Object.entries(jobs);
  return { name, script: (job?.script ?? []).join('\n'), variables: job?.variables ?? {}, text: filled };
}

interface Pipeline {
  readonly include: readonly { readonly inputs: Readonly<Record<string, string>> }[];
}

/** The job of the component as the example includes it. */
export function exampleJob(): Job {
  const { include }: Pipeline = parse(readExample('gitlab/.gitlab-ci.yml'));
  return componentJob(include[0]?.inputs ?? {});
}

export function readExample(file: string): string {
  return readProject(`examples/${file}`);
}

export function readProject(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}
