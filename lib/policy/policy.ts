/** The desired state, as written by people: SSM parameter, or a file for the command line. */
import type { Remedy, Severity } from '../evaluate/finding';
import type { FactOverrides } from '../facts/fact-override';

export const modes = ['observe', 'tag', 'enforce'] as const;
/** observe: no write to the workload; tag: plus tags; enforce: plus actions whose remedy is auto. */
export type Mode = (typeof modes)[number];

export const postures = ['ipv6-only', 'dual-stack', 'any'] as const;
/** What is wanted; `any` takes what is there. */
export type WantedPosture = (typeof postures)[number];
/** What is there. */
export type ActualPosture = 'ipv6-only' | 'dual-stack' | 'ipv4';

export interface ScopeMatch {
  /** Glob patterns (`*`, `?`); an empty list matches everything. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Cluster names */
  readonly clusters: readonly string[];
  /** Service names */
  readonly services: readonly string[];
  /** Every named tag must be there with a value that matches. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface PolicyScope {
  readonly name: string;
  readonly match: ScopeMatch;
  readonly posture: WantedPosture;
  /** May raise or lower the policy's mode. */
  readonly mode?: Mode;
  readonly deploymentGraceMinutes: number;
}

export interface RuleSetting {
  readonly off: boolean;
  readonly severity?: Severity;
  readonly remedy?: Remedy;
  readonly options: Readonly<Record<string, unknown>>;
}

/** In an exemption: whatever the rule. */
export const EVERY_RULE = '*';

export interface Exemption {
  /** Id of a rule, or `EVERY_RULE`. */
  readonly rule: string;
  /** Glob over `Finding.resource`. */
  readonly resource: string;
  readonly reason: string;
  readonly owner: string;
  /** YYYY-MM-DD, the last day on which it holds (UTC). */
  readonly until: string;
}

export interface DeregisterGuard {
  readonly perRun: number;
  readonly perHour: number;
  readonly minHealthyPercent: number;
  readonly minHealthyPerZone: number;
  readonly orphanMinutes: number;
  readonly healthyOrphans: 'report' | 'allow';
  readonly ecsManaged: 'never' | 'allow';
}

/** Of a kind of action: how many in one pass, and in any 60 minutes over all processes. */
export interface ActionGuard {
  readonly perRun: number;
  readonly perHour: number;
}

export interface Guard {
  readonly deregister: DeregisterGuard;
  /** Primary IPv6 addresses. */
  readonly heal: ActionGuard;
  /** ECS Exec of services. */
  readonly disableExec: ActionGuard;
}

export interface AlertSettings {
  readonly minSeverity: Severity;
  readonly digestMinutes: number;
  readonly remindAfterHours: number;
}

export interface TagSettings {
  /** Prefix of our tag keys, without the colon; default `ecs-ipv6`. */
  readonly prefix: string;
  /** Write tags to services that copy them to new tasks; default false. */
  readonly propagating: boolean;
}

export interface Policy {
  readonly version: 1;
  readonly mode: Mode;
  readonly scopes: readonly PolicyScope[];
  /** By rule id; rules that are not named run with their own settings. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly exemptions: readonly Exemption[];
  readonly guard: Guard;
  readonly alerts: AlertSettings;
  readonly tags: TagSettings;
  /** By id of the fact; facts that are not named are as they are built in. */
  readonly facts: FactOverrides;
}

/** What ECS registered for a task that runs may be deregistered. */
export function takesOwned({ guard }: Pick<Policy, 'guard'>): boolean {
  return guard.deregister.ecsManaged === 'allow';
}

/** One thing that is wrong with a policy document, or that people have to know of it. */
export interface PolicyProblem {
  /** Parameter name or file. */
  readonly place: string;
  /** 1-based; absent where the document did not parse that far. */
  readonly line?: number;
  /** 1-based; set with `line`. */
  readonly column?: number;
  /** e.g. `scopes[0].posture` */
  readonly path: string;
  readonly message: string;
}

/** The written policy could not be read; that says nothing of whether it is valid. */
export interface UnreadPolicy {
  /** Parameter name or path. */
  readonly place: string;
  /** IAM action of the call that failed. */
  readonly call: string;
  /** e.g. `AccessDenied` or `Throttled` */
  readonly reason: string;
  readonly message: string;
}

export interface LoadedPolicy {
  readonly policy: Policy;
  /** Hash of all part names and versions; `built-in` when there is no parameter. */
  readonly policyVersion: string;
  readonly origin: 'built-in' | 'parameter' | 'file' | 'last-valid';
  /** Not empty: the policy as written is invalid, and `policy` is the last valid one (or the built-in), in observe. */
  readonly problems: readonly PolicyProblem[];
  /** What the policy in force sets without effect: no fault, and not what its author expects. */
  readonly warnings: readonly PolicyProblem[];
  /** Set: `policy` is the last valid one (or the built-in), in observe, until the written one can be read again. */
  readonly unread?: UnreadPolicy;
  /** The kill switch reads exactly `on`. Anything else, missing and unreadable included, forbids destructive writes. */
  readonly enforcementOn: boolean;
}
