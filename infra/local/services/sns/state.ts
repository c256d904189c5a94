/** What SNS keeps in one account and region. */
import type { PolicyDocument } from '../../iam/policy-document';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { EventPattern } from '../eventbridge/pattern/event-pattern';
import { notFound } from './errors';

export type Protocol = 'sqs' | 'lambda' | 'http';

export interface SubscriptionSettings {
  readonly rawMessageDelivery: boolean;
  /** The text as it was set; the pattern is absent for `{}`, which filters nothing. */
  readonly filterPolicy: { readonly text: string; readonly pattern: EventPattern | undefined } | undefined;
  readonly filterPolicyScope: 'MessageAttributes' | 'MessageBody';
  /** ARN of the queue for what cannot be delivered. */
  readonly deadLetterTargetArn: string | undefined;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  /** ARN of a queue or function, or a URL. */
  readonly endpoint: string;
  readonly createdAt: Date;
  /** Where an HTTP endpoint finds this account, e.g. `http://127.0.0.1:4566`. */
  readonly accountUrl: string;
  /** Shown to confirm the subscription; absent once that has happened. */
  token: string | undefined;
  settings: SubscriptionSettings;
}

export interface TopicSettings {
  readonly displayName: string;
  readonly policy: { readonly text: string; readonly document: PolicyDocument };
  readonly kmsMasterKeyId: string | undefined;
  readonly signatureVersion: '1' | '2' | undefined;
  readonly tracingConfig: 'PassThrough' | 'Active' | undefined;
  /** Absent for the default of 256 KiB. */
  readonly maximumMessageSize: number | undefined;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  settings: TopicSettings;
  readonly tags: Map<string, string>;
  /** By ARN. */
  readonly subscriptions: Map<string, Subscription>;
  subscriptionsDeleted: number;
}

export interface SnsState {
  /** By ARN. */
  readonly topics: Map<string, Topic>;
}

export const snsState = defineStore((): SnsState => ({ topics: new Map() }));

/** Throws `NotFound`. */
export function topicByArn(scope: Scope, arn: string): Topic {
  const topic = snsState(scope).topics.get(arn);
  if (!topic) throw notFound('Topic');
  return topic;
}

/** Throws `NotFound`. */
export function subscriptionByArn(scope: Scope, arn: string): Subscription {
  const topic = snsState(scope).topics.get(arn.split(':').slice(0, 6).join(':'));
  const subscription = topic?.subscriptions.get(arn);
  if (!subscription) throw notFound('Subscription');
  return subscription;
}
