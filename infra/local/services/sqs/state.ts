/** What SQS keeps in one account and region. */
import type { PolicyDocument } from '../../iam/policy-document';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';

export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with an optional custom label: `Number.float`. */
  readonly dataType: string;
  readonly value: string | Uint8Array;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Account id of a sender with long-term credentials, `<role id>:<session>` of a role. */
  readonly senderId: string;
  readonly sentAt: Date;
  firstReceivedAt: Date | undefined;
  /** Over all queues that the message has been in. */
  receiveCount: number;
  /** In the queue that it is in now: what redrive counts. */
  receivesHere: number;
  /** Before this it is delayed or in flight. */
  visibleAt: Date;
  /** Set while it is in flight: when the present receiver got it. */
  inFlightSince: Date | undefined;
  /** ARN of the queue from which redrive moved it here. */
  deadLetterSource: string | undefined;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

export interface QueueSettings {
  readonly delaySeconds: number;
  readonly maximumMessageSize: number;
  readonly messageRetentionPeriod: number;
  readonly receiveMessageWaitTimeSeconds: number;
  readonly visibilityTimeout: number;
  readonly policy: { readonly text: string; readonly document: PolicyDocument } | undefined;
  readonly redrivePolicy: RedrivePolicy | undefined;
  readonly redriveAllowPolicy: RedriveAllowPolicy | undefined;
  readonly sqsManagedSseEnabled: boolean;
  readonly kmsMasterKeyId: string | undefined;
  readonly kmsDataKeyReusePeriodSeconds: number | undefined;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  modifiedAt: Date;
  purgedAt: Date | undefined;
  settings: QueueSettings;
  readonly tags: Map<string, string>;
  /** By id, in order of arrival. */
  readonly messages: Map<string, Message>;
  /** Called when a message may have become visible. */
  readonly waiters: Set<() => void>;
}

export interface SqsState {
  /** By name. */
  readonly queues: Map<string, Queue>;
  /** When queues of these names were deleted. */
  readonly deletedAt: Map<string, Date>;
}

export const sqsState = defineStore((): SqsState => ({ queues: new Map(), deletedAt: new Map() }));

/** A queue of this account and region by its ARN. */
export function queueByArn(scope: Scope, arn: string): Queue | undefined {
  const queue = sqsState(scope).queues.get(arn.split(':').at(-1) ?? '');
  return queue?.arn === arn ? queue : undefined;
}
