import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import {
  ACTION,
  actionSteps,
  componentJob,
  exampleJob,
  readExample,
  readProject,
  type Step,
  stepsOf,
} from '../support/ci.ts';
import { inTurn, partOf, TRIES_ALL } from '../support/runs.ts';
import { installation, type Ran, Sandbox } from '../support/sandbox.ts';
import {
  ACTIONLINT,
  BASH,
  CHECK_JSONSCHEMA,
  describeWith,
  GIT,
  KUSTOMIZE_4,
  KUSTOMIZE_5,
  SHELLCHECK,
} from '../support/tools.ts';

console.log(
  'not run here: GitHub, GitLab, flux and npm themselves; programs that note their arguments stand in',
);

const SCRIPTS = ['render.sh', 'plan.sh', 'push-rendered.sh'];
/** What the action and the component run, and nobody copies. */
const OTHER_SCRIPTS = ['comment.sh', 'note.sh'];
const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const CAN_RUN = BASH.path !== undefined && GIT.path !== undefined;
const OVERLAYS = ['overlays/prod', 'overlays/staging'];

/** What kustomize has said of trees of files. */
const BUILDS = mkdtempSync(join(tmpdir(), 'tidb-groups-builds-'));
afterAll(() => rmSync(BUILDS, { recursive: true }));

/**
 * kustomize, run once for each tree of files that the scripts build from: most tests have the same ones, and are about
 * the scripts.
 */
const kustomizeOnce = (kustomize: string) => `
key=$({
  echo '${kustomize}' "$*"
  find . \\( -name .git -o -path ./rendered \\) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
} | sha256sum)
build='${BUILDS}'/\${key%% *}
if ! [ -e "$build" ]; then
  status=0
  '${kustomize}' "$@" >"$build.out" 2>"$build.err" || status=$?
  echo "$status" >"$build"
fi
cat "$build.err" >&2
cat "$build.out"
exit "$(cat "$build")"
`;

/**
 * The executable, which checks each render once: the scripts check every side of a plan, and most are the same. `groups`
 * is the path of the real one.
 */
const checkOnce = (groups: string) => `
[ "$*" = 'validate --rendered -' ] || exec '${groups}' "$@"
input=$(mktemp)
trap 'rm -f "$input"' EXIT
cat >"$input"
key=$(sha256sum <"$input")
checked='${BUILDS}'/checked-\${key%% *}
if ! [ -e "$checked" ]; then
  status=0
  '${groups}' "$@" <"$input" >"$checked.out" 2>"$checked.err" || status=$?
  echo "$status" >"$checked"
fi
cat "$checked.err" >&2
cat "$checked.out"
exit "$(cat "$checked")"
`;

/** What each repository begins as: it is made once, and copied. */
const START = join(BUILDS, 'start');

/** A clone of a repository with the example's overlays and the scripts, on a branch with a change. */
class Repository {
  readonly sandbox = new Sandbox();
  /** The commit that the change is based on. */
  readonly base: string;

  constructor(kustomize: string) {
    const { sandbox } = this;
    sandbox.addProgram('kustomize', kustomizeOnce(kustomize));
    sandbox.addProgram('tidb-groups', checkOnce(join(installation(), 'tidb-groups')));
    if (!existsSync(START)) this.make();
    cpSync(START, sandbox.root, { recursive: true, preserveTimestamps: true });
    this.git('remote', 'add', 'origin', sandbox.path('origin.git'));
    this.git('fetch', '--quiet');
    this.base = this.git('rev-parse', 'HEAD').trim();
  }

  private make(): void {
    const { sandbox } = this;
    sandbox.copy('examples/kustomize', 'work');
    for (const script of SCRIPTS) sandbox.write({ [`work/ci/${script}`]: readExample(`ci/${script}`) });
    sandbox.write({ 'work/.gitignore': 'rendered/\n' });
    this.git('init', '--quiet', '--template=', '--initial-branch=main');
    this.git('init', '--quiet', '--template=', '--bare', '../origin.git');
    this.commit('Start');
    this.git('push', '--quiet', sandbox.path('origin.git'), 'main');
    cpSync(sandbox.root, START, { recursive: true, preserveTimestamps: true });
  }

  git(...args: readonly string[]): string {
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    const { status, stdout, stderr } = this.sandbox.run('git', [...author, ...args], { cwd: 'work' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  /** Replaces text in a file, which must contain that text. */
  edit(file: string, what: string, by: string): void {
    const before = this.sandbox.read(`work/${file}`);
    if (!before.includes(what)) throw new Error(`${file} does not have ${what}`);
    this.sandbox.write({ [`work/${file}`]: before.replace(what, by) });
  }

  /** Runs a script as GitHub and GitLab do. */
  run(script: string, env: Readonly<Record<string, string>> = {}, cwd = 'work'): Ran {
    const options = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
    const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com' };
    const committer = { GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' };
    return this.sandbox.run('bash', options, { cwd, env: { ...identity, ...committer, ...env } });
  }
}

/** Changes to the repository, and the plan for them. */
const CHANGES = {
  nothing: () => undefined,
  safe: (it: Repository) => it.edit('base/groups.yaml', 'max-procs = 4', 'max-procs = 8'),
  dangerous: (it: Repository) => it.edit('overlays/prod/more-stores.yaml', 'replicas: 6', 'replicas: 3'),
  broken: (it: Repository) => it.edit('base/groups.yaml', 'name: basic', 'name: basix'),
} as const;

describe('the scripts', () => {
  test.skipIf(SHELLCHECK.path === undefined)('are as shellcheck wants them', () => {
    for (const script of [
      ...[...SCRIPTS, ...OTHER_SCRIPTS].map((name) => `ci/${name}`),
      'argocd/plugin/generate.sh',
    ]) {
      const ran = new Sandbox().run(SHELLCHECK.path ?? '', ['-'], { input: readExample(script) });
      expect(ran).toEqual({ status: 0, stdout: '', stderr: '' });
    }
  });
});

describe.skipIf(!CAN_RUN)('in a repository', () => {
  describeWith([KUSTOMIZE_5], 'a script that is called wrongly', (kustomize) => {
    test.each([
      ['render.sh rendered', 'at least one overlay: render.sh DIRECTORY OVERLAY...'],
      ['plan.sh main', 'at least one path: plan.sh OLD PATH...'],
      ['plan.sh nowhere overlays/prod', '"nowhere" must be a revision that this clone has: fetch it'],
      ['push-rendered.sh rendered', 'a directory and a branch: push-rendered.sh DIRECTORY BRANCH'],
      ['push-rendered.sh rendered rendered', '"rendered" must be a directory that render.sh wrote'],
    ])('says how to call it: %s', (command, says) => {
      const { it, sandbox, run } = open(kustomize);
      const { status, stdout, stderr } = run(`sh ci/${command}`);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(says);
      expect(it.git('ls-remote', '--heads', 'origin', 'rendered')).toBe('');
      expect(sandbox.exists('work/rendered')).toBe(false);
    });
  });

  describeWith(inTurn([KUSTOMIZE_5, KUSTOMIZE_4], 0), 'ci/render.sh', (kustomize) => {
    test('writes what the example expects, of each overlay', () => {
      const { sandbox, ...repository } = open(kustomize);
      expect(repository.run(`sh ci/render.sh rendered ${OVERLAYS.join(' ')}`).status).toBe(0);
      for (const overlay of ['prod', 'staging']) {
        expect(sandbox.read(`work/rendered/overlays/${overlay}/manifests.yaml`)).toBe(
          sandbox.read(`work/expected/${overlay}.yaml`),
        );
      }
    });

    test('writes nothing if an overlay is broken', () => {
      const { it, sandbox, run } = open(kustomize);
      CHANGES.broken(it);
      expect(run('sh ci/render.sh rendered overlays/prod').status).not.toBe(0);
      expect(sandbox.exists('work/rendered')).toBe(false);
    });

    test.runIf(TRIES_ALL)('writes nothing where the function has not run', () => {
      const { it, sandbox, run } = open(kustomize);
      it.edit('overlays/prod/kustomization.yaml', 'transformers:\n- ../../functions\n', '');
      const { status, stderr } = run('sh ci/render.sh rendered overlays/prod');
      expect(status).toBe(1);
      expect(stderr).toContain('[group-not-expanded]');
      expect(sandbox.exists('work/rendered')).toBe(false);
    });
  });

  describeWith([KUSTOMIZE_5], 'ci/plan.sh', (kustomize) => {
    test.each<[keyof typeof CHANGES, status: number, says: string]>([
      ['nothing', 0, '## overlays/prod'],
      ['safe', 3, 'reports'],
      ['dangerous', 4, 'store-scale-in'],
    ])('of a change that is %s', (change, expected, says) => {
      const { it, run } = open(kustomize);
      CHANGES[change](it);
      const { status, stdout } = run(`sh ci/plan.sh ${it.base} ${OVERLAYS.join(' ')}`);
      expect(status).toBe(expected);
      expect(stdout).toContain(says);
      expect(stdout).toContain('## overlays/staging');
      expect(it.git('worktree', 'list').trimEnd().split('\n')).toHaveLength(1);
    });

    test('fails if an overlay is broken, and if a revision does not exist', () => {
      const { it, run } = open(kustomize);
      expect([0, 3, 4]).not.toContain(run('sh ci/plan.sh nowhere overlays/prod').status);
      CHANGES.broken(it);
      expect([0, 3, 4]).not.toContain(run(`sh ci/plan.sh ${it.base} overlays/prod`).status);
    });

    test.runIf(TRIES_ALL)('says of a new overlay that it is new', () => {
      const { sandbox, it, run } = open(kustomize);
      sandbox.copy('examples/kustomize/overlays/prod', 'work/overlays/test');
      const { status, stdout } = run(`sh ci/plan.sh ${it.base} overlays/test`);
      expect({ status, stdout }).toEqual({
        status: 0,
        stdout: '## overlays/test\n\nNew: there is nothing to compare it with.\n\n',
      });
    });
  });

  describeWith([KUSTOMIZE_5], 'ci/push-rendered.sh', (kustomize) => {
    const push = 'sh ci/push-rendered.sh rendered rendered';

    test('pushes the rendered files to a branch, once, and removes files that are no longer rendered', () => {
      const { it, sandbox, run } = open(kustomize);
      run(`sh ci/render.sh rendered ${OVERLAYS.join(' ')}`);
      const before = it.git('status', '--porcelain');
      expect(run(push)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^rendered is at /) });
      expect(it.git('status', '--porcelain')).toBe(before);
      const files = () => it.git('ls-tree', '-r', '--name-only', 'origin/rendered').trim().split('\n');
      it.git('fetch', '--quiet');
      expect(files()).toEqual(OVERLAYS.map((overlay) => `${overlay}/manifests.yaml`));
      expect(it.git('show', 'origin/rendered:overlays/prod/manifests.yaml')).toBe(
        sandbox.read('work/expected/prod.yaml'),
      );
      expect(run(push)).toEqual({ status: 0, stdout: 'rendered has it already\n', stderr: '' });
      sandbox.remove('work/rendered/overlays/staging');
      expect(run(push).status).toBe(0);
      it.git('fetch', '--quiet');
      expect(files()).toEqual(['overlays/prod/manifests.yaml']);
      expect(it.git('rev-list', '--count', 'origin/rendered').trim()).toBe('2');
    });

    test.each([
      ['nothing was rendered', (_: Repository) => undefined],
      ['the origin cannot be reached', (it: Repository) => it.git('remote', 'set-url', 'origin', '/nowhere')],
    ])('pushes nothing where %s', (what, arrange) => {
      const { it, run } = open(kustomize);
      arrange(it);
      if (!what.startsWith('nothing')) run('sh ci/render.sh rendered overlays/prod');
      expect(run(push).status).not.toBe(0);
    });
  });

  describeWith([KUSTOMIZE_5], 'GitHub', (kustomize) => {
    test.each(
      partOf<[keyof typeof CHANGES, labels: string, failing: string | undefined]>([
        ['nothing', '', undefined],
        ['safe', '', undefined],
        ['dangerous', 'size/S', 'Fail'],
        ['dangerous', 'size/S tidb-danger-accepted', undefined],
        ['broken', '', 'Plan'],
      ]),
    )('plans a change that is %s, with labels "%s"', (change, labels, failing) => {
      const { it, sandbox } = open(kustomize);
      CHANGES[change](it);
      it.commit('Change');
      const github = new Github(it, ofPull(it, labels));
      expect(github.run('tidb-plan.yaml')).toBe(failing);
      if (change === 'broken') return;
      expect(sandbox.read('summary')).toContain('## overlays/prod');
      const [list = '', write = '', ...more] = sandbox.read('gh.log').trimEnd().split('\n');
      expect(list).toMatch(/^api --paginate repos\/platform\/tidb\/issues\/7\/comments --jq /);
      expect(write).toContain(
        'api --silent --method POST repos/platform/tidb/issues/7/comments --field body=@',
      );
      expect(more).toEqual([]);
      expect(sandbox.read('gh.body')).toMatch(/^<!-- tidb-plan -->\n## overlays\/prod\n/);
    });

    test.runIf(TRIES_ALL)('writes over its earlier comment', () => {
      const { it, sandbox } = open(kustomize);
      CHANGES.safe(it);
      it.commit('Change');
      const github = new Github(it, ofPull(it), '41\n42');
      expect(github.run('tidb-plan.yaml')).toBeUndefined();
      expect(sandbox.read('gh.log')).toContain(
        '--method PATCH repos/platform/tidb/issues/comments/41 --field body=@',
      );
    });

    test.each(
      partOf<[change: keyof typeof CHANGES, failOn: string, failing: string | undefined]>([
        ['nothing', 'change', undefined],
        ['safe', 'danger', undefined],
        ['safe', 'change', 'Fail'],
        ['dangerous', 'change', 'Fail'],
        ['dangerous', 'danger', 'Fail'],
        ['dangerous', 'never', undefined],
        ['broken', 'never', 'Plan'],
        ['safe', 'sometimes', 'Plan'],
      ]),
    )('has an action that takes a change that is %s and fails on "%s"', (change, failOn, failing) => {
      const { it } = open(kustomize);
      CHANGES[change](it);
      it.commit('Change');
      const github = new Github(it, ofPull(it));
      expect(github.runAction({ paths: OVERLAYS.join('\n'), 'fail-on': failOn, comment: 'false' })).toBe(
        failing,
      );
      if (failing === 'Plan') return;
      expect(github.output('changed')).toBe(String(change !== 'nothing'));
      expect(github.output('dangers')).toBe(change === 'dangerous' ? '2' : '0');
      expect(readFileSync(github.output('plan') ?? '', 'utf8')).toBe(it.sandbox.read('summary'));
      expect(it.sandbox.exists('gh.log')).toBe(false);
    });

    test('has an action that compares directories of manifests, and runs no kustomize for them', () => {
      const { it, sandbox } = open(kustomize);
      sandbox.addProgram('kustomize', 'exit 9\n');
      sandbox.copy('examples/plain/manifests', 'work/plain');
      sandbox.copy('examples/plain/manifests', 'work/earlier/plain');
      it.edit(
        'plain/database.yaml',
        'name: hot\n  namespace: shop\nspec:\n  cluster:\n    name: basic\n  replicas: 3',
        'name: hot\n  namespace: shop\nspec:\n  cluster:\n    name: basic\n  replicas: 2',
      );
      const github = new Github(it, ofPull(it));
      expect(github.runAction({ old: 'earlier', paths: 'plain', comment: 'false' })).toBe('Fail');
      expect(Number(github.output('dangers'))).toBeGreaterThan(0);
      expect(sandbox.read('summary')).toContain('store-scale-in');
      expect(new Github(it, ofPull(it)).runAction({ old: '', paths: 'plain' })).toBe('Plan');
    });

    test.runIf(TRIES_ALL)('has an action that writes no comment for a fork, and none on a push', () => {
      const { it, sandbox } = open(kustomize);
      const events = [
        { ...ofPull(it), 'github.event.pull_request.head.repo.fork': 'true' },
        { ...ofPull(it), 'github.event.pull_request.number': '' },
      ];
      for (const event of events) {
        expect(new Github(it, event).runAction({ paths: 'overlays/prod' })).toBeUndefined();
      }
      expect(sandbox.exists('gh.log')).toBe(false);
    });

    test('publishes a branch and artifacts', () => {
      const { it, sandbox } = open(kustomize);
      expect(new Github(it, {}).run('tidb-publish.yaml')).toBeUndefined();
      expect(it.git('ls-remote', '--heads', 'origin', 'rendered')).not.toBe('');
      expect(sandbox.read('flux.log')).toBe(
        ['prod', 'staging']
          .map(
            (name) =>
              `push artifact oci://registry.example/tidb/${name}:${it.base} --path=rendered/overlays/${name} ` +
              `--source=${sandbox.path('origin.git')} --revision=main@sha1:${it.base} --creds=secret\n` +
              `tag artifact oci://registry.example/tidb/${name}:${it.base} --tag main --creds=secret\n`,
          )
          .join(''),
      );
    });

    test.runIf(TRIES_ALL)('publishes nothing if an overlay is broken', () => {
      const { it, sandbox } = open(kustomize);
      CHANGES.broken(it);
      it.commit('Change');
      expect(new Github(it, {}).run('tidb-publish.yaml')).toBe('Render and validate');
      expect(it.git('ls-remote', '--heads', 'origin', 'rendered')).toBe('');
      expect(sandbox.exists('flux.log')).toBe(false);
    });
  });

  describeWith([KUSTOMIZE_5], 'GitLab', (kustomize) => {
    const merge = (
      it: Repository,
      env: Readonly<Record<string, string>>,
      { script, variables } = exampleJob(),
    ) =>
      it.run(script.replaceAll('/usr/local/lib/tidb-groups/', `${ROOT}/examples/ci/`), {
        ...variables,
        CI_MERGE_REQUEST_DIFF_BASE_SHA: it.base,
        CI_MERGE_REQUEST_IID: '7',
        CI_PROJECT_ID: '3',
        CI_API_V4_URL: 'https://gitlab.example/api/v4',
        ...env,
      });
    const NOTES = 'https://gitlab.example/api/v4/projects/3/merge_requests/7/notes';

    test.each(
      partOf<[keyof typeof CHANGES, labels: string, notes: string, status: number, request: string]>([
        ['nothing', '', '[]', 0, `POST ${NOTES}`],
        ['safe', '', '[{"id": 8, "body": "hm"}]', 0, `POST ${NOTES}`],
        [
          'safe',
          '',
          '[{"id": 8, "body": "hm"}, {"id": 9, "body": "<!-- tidb-plan -->"}]',
          0,
          `PUT ${NOTES}/9`,
        ],
        ['dangerous', 'a', '[]', 1, `POST ${NOTES}`],
        ['dangerous', 'tidb-danger-accepted', '[]', 0, `POST ${NOTES}`],
        ['dangerous', 'a,tidb-danger-accepted', '[]', 0, `POST ${NOTES}`],
      ]),
    )(
      'plans a change that is %s, with labels "%s" and notes %s',
      (change, labels, notes, expected, request) => {
        const { it, sandbox } = open(kustomize);
        CHANGES[change](it);
        sandbox.addProgram(
          'curl',
          `request=
for argument; do
  case $argument in
    body@*) cp "\${argument#body@}" '${sandbox.path('note.md')}' ;;
    PUT | POST) request="$argument " ;;
  esac
  last=$argument
done
echo "$request$last" >>'${sandbox.path('curl.log')}'
case "$*" in *per_page*) echo '${notes}' ;; esac\n`,
        );
        const { status } = merge(it, { TIDB_PLAN_TOKEN: 'token', CI_MERGE_REQUEST_LABELS: labels });
        expect(status).toBe(expected);
        expect(sandbox.read('curl.log').split('\n')).toContain(request);
        expect(sandbox.read('note.md')).toMatch(/^<!-- tidb-plan -->\n## overlays\/prod\n/);
      },
    );

    test.each(
      partOf([
        ['safe', 'danger', 0],
        ['safe', 'change', 1],
        ['dangerous', 'change', 1],
        ['dangerous', 'never', 0],
      ] as const),
    )('takes a change that is %s and fails on "%s": status %s', (change, failOn, expected) => {
      const { it, sandbox } = open(kustomize);
      CHANGES[change](it);
      const inputs = { image: 'x', paths: OVERLAYS.join(' '), 'fail-on': failOn };
      expect(merge(it, {}, componentJob(inputs)).status).toBe(expected);
      expect(sandbox.read('work/plan.env')).toBe(
        `TIDB_DANGERS=${change === 'dangerous' ? 2 : 0}\nTIDB_CHANGED=true\n`,
      );
    });

    test.runIf(TRIES_ALL)('leaves the note out where there is no token', () => {
      const { it } = open(kustomize);
      expect(merge(it, {})).toMatchObject({ status: 0, stdout: expect.stringContaining('TIDB_PLAN_TOKEN') });
    });

    test.runIf(TRIES_ALL)('fails if a change is broken', () => {
      const { it } = open(kustomize);
      CHANGES.broken(it);
      expect(merge(it, {}).status).not.toBe(0);
    });
  });
});

describe('the workflows', () => {
  test.skipIf(ACTIONLINT.path === undefined)('are as actionlint wants them', () => {
    const sandbox = new Sandbox();
    sandbox.copy('examples/github/.github', '.github');
    sandbox.write({ '.git/HEAD': '' });
    const files = ['tidb-plan.yaml', 'tidb-publish.yaml'].map((name) => `.github/workflows/${name}`);
    const ran = sandbox.run(ACTIONLINT.path ?? '', ['-shellcheck=', '-pyflakes=', '-no-color', ...files]);
    expect(ran).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  describeWith([CHECK_JSONSCHEMA], 'schemas', (check) => {
    const judge = (schema: string, text: string) => {
      const sandbox = new Sandbox({ 'file.yml': text });
      return sandbox.run(check, ['--builtin-schema', schema, 'file.yml']).status;
    };

    test('have the action as GitHub wants it', () => {
      const action = readProject('action.yml');
      expect(judge('vendor.github-actions', action)).toBe(0);
      expect(judge('vendor.github-actions', action.replace('using: composite', 'using: compsite'))).toBe(1);
    });

    test('have the job of the component as GitLab wants it', () => {
      const { text, name } = exampleJob();
      expect(name).toBe('tidb-plan');
      expect(judge('vendor.gitlab-ci', text)).toBe(0);
      expect(judge('vendor.gitlab-ci', text.replace('artifacts:', 'artefacts:'))).toBe(1);
    });
  });

  test('take nothing that others write into their scripts but by the environment', () => {
    expect(stepsOf('tidb-plan.yaml').map(({ name }) => name)).toContain('Plan');
    for (const { run } of [...stepsOf('tidb-plan.yaml'), ...stepsOf('tidb-publish.yaml')]) {
      expect(run).not.toContain('${{');
    }
  });
});

/** A runner: executes the steps that run scripts, one after another, as GitHub does. */
class Github {
  private readonly outputs = new Map<string, string>();

  constructor(
    private readonly it: Repository,
    private readonly event: Readonly<Record<string, string>>,
    comments = '',
  ) {
    const { sandbox } = it;
    sandbox.write({ 'temp/.keep': '', 'work/.tidb-groups/package.json': '{}', comments });
    sandbox.addProgram(
      'gh',
      `echo "$*" >>'${sandbox.path('gh.log')}'
for argument; do case $argument in body=@*) cp "\${argument#body=@}" '${sandbox.path('gh.body')}' ;; esac; done
case "$*" in *--paginate*) cat '${sandbox.path('comments')}' ;; esac
`,
    );
    sandbox.addProgram('npm', 'mkdir -p dist\n');
    sandbox.addProgram('flux', `echo "$*" >>'${sandbox.path('flux.log')}'\n`);
  }

  /** The name of the step that fails. */
  run(workflow: string): string | undefined {
    return this.runSteps(stepsOf(workflow));
  }

  /** The same of our action alone. */
  runAction(inputs: Readonly<Record<string, string>>): string | undefined {
    return this.runSteps(actionSteps(inputs));
  }

  /** What the action hands to the steps behind it. */
  output(name: string): string | undefined {
    const [, expression = ''] = /^\$\{\{ (.*) \}\}$/.exec(ACTION.outputs[name]?.value ?? '') ?? [];
    return this.outputs.get(expression);
  }

  private runSteps(steps: readonly Step[]): string | undefined {
    return steps.find((step) => !this.passes(step))?.name;
  }

  private passes({ id, run, env, directory }: Step): boolean {
    const { sandbox } = this.it;
    sandbox.write({ output: '' });
    const { status } = this.it.run(
      run,
      {
        RUNNER_TEMP: sandbox.path('temp'),
        GITHUB_OUTPUT: sandbox.path('output'),
        GITHUB_STEP_SUMMARY: sandbox.path('summary'),
        GITHUB_PATH: sandbox.path('path'),
        GITHUB_SHA: this.it.git('rev-parse', 'HEAD').trim(),
        GITHUB_REF_NAME: 'main',
        ...Object.fromEntries(Object.entries(env).map(([name, text]) => [name, this.value(name, text)])),
      },
      `work/${directory}`,
    );
    for (const line of sandbox.read('output').split('\n').filter(Boolean)) {
      const [name = '', value = ''] = line.split('=');
      this.outputs.set(`steps.${id}.outputs.${name}`, value);
    }
    return status === 0;
  }

  /** The value of an expression. */
  private value(name: string, text: string): string {
    const [, expression] = /^\$\{\{ (.*) \}\}$/.exec(text) ?? [];
    if (expression === undefined) return text;
    const known: Readonly<Record<string, string>> = {
      'github.token': 'token',
      'github.action_path': ROOT,
      'github.repository': 'platform/tidb',
      'github.event.pull_request.number': '7',
      'secrets.REGISTRY_CREDENTIALS': 'secret',
      ...Object.fromEntries(this.outputs),
      ...this.event,
    };
    const value = known[expression] ?? this.event[name];
    if (value === undefined) throw new Error(`nobody knows ${expression}`);
    return value;
  }
}

/** What GitHub knows of the pull request. */
function ofPull(it: Repository, labels = ''): Readonly<Record<string, string>> {
  return {
    'github.event.pull_request.base.sha': it.base,
    'github.event.pull_request.head.repo.fork': 'false',
    "contains(github.event.pull_request.labels.*.name, 'tidb-danger-accepted') && 'never' || 'danger'": labels
      .split(' ')
      .includes('tidb-danger-accepted')
      ? 'never'
      : 'danger',
  };
}

function open(kustomize: string) {
  const it = new Repository(kustomize);
  return { it, sandbox: it.sandbox, run: (script: string) => it.run(script) };
}
