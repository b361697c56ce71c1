import type { Release } from '../expand/index.ts';
import { counted, show } from '../text/index.ts';
import { agreeing, type Constraint, Refused, type Rule, readNames, readRules } from './constraint.ts';
import { FOLLOWERS, has, POLICIES_SINCE, SURVIVAL_SINCE } from './policy.ts';
import { PolicyOptions } from './policy-options.ts';
import { inRegions, isSchedule, regionsIn } from './region-rules.ts';

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
export class PolicyRules extends PolicyOptions {
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
    // TiDB takes two followers where nobody says how many, but beside a map it wants two in another one.
    this.sameCount('FOLLOWERS', followers ?? (isMap ? 2 : undefined), followerRules);
    this.sameCount('LEARNERS', learners, learnerRules);
    const and = (rules: readonly Rule[], count: number, option: string): Needed[] =>
      (rules.length > 0 ? rules : [{ constraints: [] }]).map((rule) => ({
        constraints: this.both(list?.constraints ?? [], rule.constraints, option),
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
    const regions = regionsIn(this.text('REGIONS'));
    const schedule = this.text('SCHEDULE');
    if (primary !== '' || regions.length > 0) {
      if (!regions.includes(primary)) {
        this.refused(
          this.at('PRIMARY_REGION'),
          `has PRIMARY_REGION="${primary}", which must be one of REGIONS="${regions.join(',')}"; add it there`,
        );
      }
      if (!isSchedule(schedule)) {
        this.refused(
          this.at('SCHEDULE'),
          `has SCHEDULE=${show(schedule)}, which TiDB does not know; write "EVEN" or "MAJORITY_IN_PRIMARY"`,
        );
      }
      if (this.faults.length > 0) return [];
    }
    return inRegions({ primary, regions, schedule, followers }).map(({ option, ...rule }) => ({
      ...rule,
      offset: this.at(option),
    }));
  }

  /** A map says how many replicas there are, so nothing else may say another number. */
  private sameCount(
    option: 'FOLLOWERS' | 'LEARNERS',
    count: number | undefined,
    rules: readonly Rule[],
  ): void {
    const [first] = rules;
    if (first?.count === undefined || count === undefined) return;
    const sum = rules.reduce((all, rule) => all + (rule.count ?? 0), 0);
    if (sum === count) return;
    const map = option === 'FOLLOWERS' ? 'FOLLOWER_CONSTRAINTS' : 'LEARNER_CONSTRAINTS';
    this.refused(
      this.at(this.text(option) === '' ? map : option),
      `has ${counted(sum, 'replica')} in ${map}, but ${option} is ${count}; make them the same`,
    );
  }

  /** The constraints of all replicas, and those of some. */
  private both(
    common: readonly Constraint[],
    own: readonly Constraint[],
    option: string,
  ): readonly Constraint[] {
    try {
      return agreeing([...common, ...own]);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(
        this.at(option),
        `has CONSTRAINTS and ${option} for the same replicas, and ${error.message}`,
      );
      return [];
    }
  }
}
