import type { AnySpec } from './any-spec.ts';

/** What is known of the keys of a component's config, for the checks of it. Of several configs, it is about the first. */
export interface ConfigFacts {
  /**
   * What stands at the top: the tables and keys of the newest release, and those that earlier ones had. A name that is
   * similar to one of them is a typo; any other name may be newer. Without the list, all may be, or the keys are listed
   * with the checks (`listsKeys`).
   */
  readonly names?: readonly string[];
  /** The keys that the start script sets by flags, always or with some settings. */
  flags(spec: AnySpec): Flags;
  /** Keys that say where the server listens, as a port or an address, and the ports at which its Service and its probes ask. */
  readonly ports?: { readonly [key: string]: number };
  /** The same where a server works on another port, and only what is asked at this one gets no answer. */
  readonly listens?: { readonly [key: string]: number };
  /** Keys that name directories of what the server can make again, but writes a lot of. */
  readonly scratch?: readonly string[];
  /** Keys whose numbers TiDB Operator refuses where they are not between two others. */
  readonly ranges?: { readonly [key: string]: readonly [least: number, most: number] };
  /** Keys whose text the server refuses where it does not match, and what it must be. */
  readonly texts?: { readonly [key: string]: { readonly matches: RegExp; readonly must: string } };
  /** The key that turns off the page that a readiness probe of `type: command` asks. */
  readonly statusKey?: string;
  /** What a label of a server may be, where it does not start with others. */
  readonly labels?: LabelSyntax;
}

export interface Flags {
  readonly [key: string]: Flag;
}

/** A key that the start script sets by a flag, so that what a config says of it has no effect. */
export interface Flag {
  readonly flag: string;
  /** All that it may be set to; undefined if that is different for each pod or cluster. */
  readonly values?: readonly string[];
}

export interface LabelSyntax {
  readonly key: RegExp;
  readonly value: RegExp;
  /** What both are made of, for people. */
  readonly characters: string;
}
