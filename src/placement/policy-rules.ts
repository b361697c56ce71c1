import type { Release } from '../expand/index.ts';
import { show } from '../text/index.ts';
import { type Constraint, Refused, type Rule, readNames, readRules } from './constraint.ts';
import { FOLLOWERS, has, POLICIES_SINCE, SURVIVAL_SINCE } from './policy.ts';
import type { PolicyStatement } from './read-sql.ts';

/** What is wrong with a placement policy, and where in the text of SQL. */
export interface PolicyFault {
  readonly code: 'policy-constraint' | 'policy-stores';
  readonly message: string;
  readonly offset: number;
}

/** As many replicas must each find a store that matches. */
export interface Needed {
  readonly constraints: readonly Constraint[];
  readonly replicas: number;
  readonly offset: number;
}

const SUGAR = ['PRIMARY_REGION', 'REGIONS', 'SCHEDULE'];
const CONSTRAINTS = [
  'CONSTRAINTS',
  'LEADER_CONSTRAINTS',
  'FOLLOWER_CONSTRAINTS',
  'LEARNER_CONSTRAINTS',
  'LEARNERS',
];

/** The rules that TiDB makes of a policy, and what it would refuse. */
export class PolicyRules {
  readonly faults: PolicyFault[] = [];

  constructor(private readonly statement: PolicyStatement) {}

  /** Counts only where nothing is refused. Source: TiDB, `NewBundleFromOptions`. */
  read(release: Release | undefined): Needed[] {
    const { broken, offset } = this.statement;
    if (broken !== undefined) {
      const what = broken.token === '' ? 'ends too early' : `cannot be read beyond ${show(broken.token)}`;
      this.refused(broken.offset, `${what}; write options as in CONSTRAINTS='[+disk=nvme]' FOLLOWERS=2`);
      return [];
    }
    if (!has(release, POLICIES_SINCE)) {
      this.refused(
        offset,
        `needs TiDB v6.0, but the SQL servers are of v${release?.number.join('.')}; upgrade them first`,
      );
    }
    const preferences = this.statement.options.get('SURVIVAL_PREFERENCES');
    if (preferences !== undefined) {
      if (!has(release, SURVIVAL_SINCE)) {
        this.refused(
          preferences.offset,
          `has SURVIVAL_PREFERENCES, which needs TiDB v6.6, but the SQL servers are of v${release?.number.join('.')}; remove it`,
        );
      }
      this.readOption('SURVIVAL_PREFERENCES', readNames);
    }
    const followers = this.count('FOLLOWERS');
    if ((followers ?? 0) > FOLLOWERS.most) {
      this.refused(
        this.at('FOLLOWERS'),
        `has FOLLOWERS=${followers}, but TiDB takes ${FOLLOWERS.most} at most`,
      );
    }
    const sugar = SUGAR.filter((name) => this.text(name) !== '');
    const constraints = CONSTRAINTS.filter((name) => !['', '0'].includes(this.text(name)));
    const [first, other] = [sugar[0], constraints[0]];
    if (first !== undefined && other !== undefined) {
      this.refused(
        this.at(first),
        `has ${first} beside ${other}, which TiDB does not take together; write the region as a constraint, as in '+region=…', or remove ${other}`,
      );
      return [];
    }
    return first === undefined ? this.ofConstraints(followers) : this.ofRegions(followers ?? 2);
  }

  private ofConstraints(followers: number | undefined): Needed[] {
    const common = this.readOption('CONSTRAINTS', readRules) ?? [];
    const isMap = common.some(({ count }) => count !== undefined);
    const [list] = isMap ? [] : common;
    const leaders = this.readOption('LEADER_CONSTRAINTS', readRules) ?? [];
    if (leaders.some(({ count }) => count !== undefined)) {
      this.refused(
        this.at('LEADER_CONSTRAINTS'),
        `has a map as LEADER_CONSTRAINTS, but TiDB takes only a list there; write '[…]'`,
      );
    }
    const followerRules = this.readOption('FOLLOWER_CONSTRAINTS', readRules) ?? [];
    if (isMap && followerRules.length === 0 && followers !== undefined) {
      this.refused(
        this.at('FOLLOWERS'),
        `has FOLLOWERS beside a map as CONSTRAINTS, which says how many replicas there are; remove FOLLOWERS`,
      );
    }
    const learners = this.count('LEARNERS');
    const learnerRules = this.readOption('LEARNER_CONSTRAINTS', readRules) ?? [];
    if (learners === undefined && learnerRules.some(({ count }) => count === undefined)) {
      this.refused(
        this.at('LEARNER_CONSTRAINTS'),
        `has a list as LEARNER_CONSTRAINTS but no LEARNERS; say how many, as in LEARNERS=1`,
      );
    }
    const and = (rules: readonly Rule[], count: number, option: string): Needed[] =>
      (rules.length > 0 ? rules : [{ constraints: [] }]).map((rule) => ({
        constraints: [...(list?.constraints ?? []), ...rule.constraints],
        replicas: 'count' in rule ? (rule.count ?? count) : count,
        offset: this.at(rules.length > 0 ? option : 'CONSTRAINTS'),
      }));
    return [
      ...(isMap
        ? common.map(({ constraints, count = 1 }) => ({
            constraints,
            replicas: count,
            offset: this.at('CONSTRAINTS'),
          }))
        : []),
      ...(isMap && leaders.length === 0 ? [] : and(leaders, 1, 'LEADER_CONSTRAINTS')),
      ...(isMap && followerRules.length === 0
        ? []
        : and(followerRules, followers ?? 2, 'FOLLOWER_CONSTRAINTS')),
      ...(learners === undefined && learnerRules.length === 0
        ? []
        : and(learnerRules, learners ?? 1, 'LEARNER_CONSTRAINTS')),
    ];
  }

  private ofRegions(followers: number): Needed[] {
    const primary = this.text('PRIMARY_REGION').trim();
    const regions = this.text('REGIONS')
      .split(',')
      .map((region) => region.trim())
      .filter((region) => region !== '');
    if (primary === '' && regions.length === 0) return [];
    if (!regions.includes(primary)) {
      this.refused(
        this.at('PRIMARY_REGION'),
        `has PRIMARY_REGION="${primary}", which must be one of REGIONS="${regions.join(',')}"; add it there`,
      );
      return [];
    }
    const isMajority = this.text('SCHEDULE').toLowerCase() === 'majority_in_primary';
    const there = isMajority
      ? Math.floor((followers + 1) / 2) + 1
      : Math.ceil((followers + 1) / regions.length);
    const others = regions.filter((region) => region !== primary);
    const of = (values: readonly string[]): Constraint => ({ key: 'region', isIn: true, values });
    return [
      { constraints: [of([primary])], replicas: there, offset: this.at('PRIMARY_REGION') },
      ...(others.length > 0
        ? [{ constraints: [of(others)], replicas: followers + 1 - there, offset: this.at('REGIONS') }]
        : []),
    ];
  }

  private readOption<Read>(option: string, reader: (text: string) => Read): Read | undefined {
    const written = this.statement.options.get(option);
    if (written === undefined || written.value.trim() === '') return undefined;
    try {
      return reader(written.value);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(written.offset, `has ${option}=${show(written.value)}, which ${error.message}`);
      return undefined;
    }
  }

  private text(option: string): string {
    return this.statement.options.get(option)?.value ?? '';
  }

  private count(option: string): number | undefined {
    const text = this.text(option);
    return text === '' || Number(text) === 0 ? undefined : Number(text);
  }

  private at(option: string): number {
    return this.statement.options.get(option)?.offset ?? this.statement.offset;
  }

  private refused(offset: number, what: string): void {
    this.add('policy-constraint', offset, what);
  }

  add(code: PolicyFault['code'], offset: number, what: string): void {
    this.faults.push({ code, offset, message: `the placement policy ${show(this.statement.name)} ${what}` });
  }
}
