/** What earlier runs left behind, as far as this run needs it. Times are ISO strings: records are stored as JSON. */
import type { Finding } from '../evaluate/finding';
import type { ResourceKind } from '../trigger/request';

export const transitionStates = [
  ...(['new', 'worse', 'resolved', 'reminder', 'withheld', 'stopped', 'expiring', 'expired'] as const),
] as const;
export type TransitionState = (typeof transitionStates)[number];

/** Ways in which people are told: plain text on the topic, Amazon Q Developer's schema on another, Slack's webhook. */
export const channelNames = ['topic', 'chat', 'slack'] as const;
export type ChannelName = (typeof channelNames)[number];

/** A change worth telling, with an id that stays the same however often it is sent. */
export interface Transition {
  readonly id: string;
  readonly state: TransitionState;
  readonly at: string;
  /** Set once the `Finding State Change` event was accepted. */
  readonly eventSentAt?: string;
  /** Who is about to send the alert, and until when nobody else may. */
  readonly claim?: { readonly by: string; readonly until: string };
  /** When each channel accepted the alert: the others' failures do not repeat it there. */
  readonly toldAt?: Readonly<Partial<Record<ChannelName, string>>>;
  /** Set once every channel has accepted the alert, or it was found to be none to send. */
  readonly alertedAt?: string;
}

/** A finding as remembered between runs. */
export interface FindingRecord {
  readonly finding: Finding;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Containers that hold the resource, as in `Snapshot.covered`. */
  readonly parents: readonly string[];
  /** When people were last told that it is open; absent while they do not know of it. */
  readonly announcedAt?: string;
  /** Last change; a record whose state is `resolved` is kept until its change was told. */
  readonly transition: Transition;
}

/** Something seen that a rule would remove: it takes two passes, far enough apart, that agree on the rule. */
export interface Sighting {
  readonly rule: string;
  readonly resource: string;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

/** A person took a removal back: until then it is not repeated, whatever the rules say. */
export interface Hold {
  /** As in `Finding.resource`. */
  readonly resource: string;
  readonly until: string;
  /** ARN of who asked for it. */
  readonly by: string;
  /** Id of the removal in the ledger. */
  readonly undoes: string;
}

/** What was written came back too often: until then it is left alone. */
export interface Breaker {
  /** What is counted together. */
  readonly key: string;
  /** What is left alone: the resource, or all that ECS registers in a target group or Cloud Map service. */
  readonly resource: string;
  readonly kind: ResourceKind;
  /** Kind of what is stopped: `tags`, `deregister`, or the kind of a change. */
  readonly counter: string;
  readonly rules: readonly string[];
  readonly since: string;
  readonly until: string;
  /** A sentence without its full stop. */
  readonly reason: string;
}

/** A value with the version that a change of it must name. */
export interface Stored<Value> {
  readonly value: Value;
  readonly version: number;
}

export interface Memory {
  /** By `<rule>|<resource>`. */
  readonly records: ReadonlyMap<string, Stored<FindingRecord>>;
  /** By `<rule>|<resource>`: what one rule saw is no evidence for another. */
  readonly sightings: ReadonlyMap<string, Sighting>;
  /** By resource; read where there is something to remove. */
  readonly holds: ReadonlyMap<string, Hold>;
  /** Those that are open, by key. */
  readonly breakers: ReadonlyMap<string, Breaker>;
}

export function findingKey(finding: Pick<Finding, 'rule' | 'resource'>): string {
  return `${finding.rule}|${finding.resource}`;
}
