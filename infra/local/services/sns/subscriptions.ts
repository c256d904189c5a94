/** Subscriptions: for the API of SNS and for whoever sets an account up. */
import type { Scope } from '../../kernel/scope';
import { sendConfirmation } from './confirmation';
import { invalidParameter, notFound, notSimulated } from './errors';
import type { Protocol, Subscription, Topic } from './state';
import { snsState, topicByArn } from './state';
import {
  changeSubscriptionSettings,
  DEFAULT_SUBSCRIPTION_SETTINGS,
  subscriptionSettingTexts,
} from './subscription-attributes';
import type { AttributeTexts } from './topics';

/** https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html */
const TOKEN_VALID_MS = 2 * 24 * 60 * 60 * 1_000;
const TOKEN_LENGTH = 64;

export interface NewSubscription {
  readonly topicArn: string;
  /** `sqs`, `lambda` or `http`. */
  readonly protocol: string;
  /** ARN of a queue or function, or a URL of this machine. */
  readonly endpoint: string;
  /** As Subscribe takes them: `{ RawMessageDelivery: 'true' }`. */
  readonly attributes?: AttributeTexts;
  /** http://127.0.0.1:port of this account: an HTTP endpoint confirms its subscription there. */
  readonly accountUrl: string;
}

/**
 * Subscribes, or answers with the subscription that is there already. A queue or function of the account needs no
 * confirmation; an HTTP endpoint is asked for one. Throws `NotFound`, `InvalidParameter`; 501 for other protocols.
 */
export function subscribe(scope: Scope, wanted: NewSubscription): Subscription {
  const topic = topicByArn(scope, wanted.topicArn);
  const protocol = checkEndpoint(wanted);
  const known = [...topic.subscriptions.values()].find(
    (subscription) => subscription.protocol === protocol && subscription.endpoint === wanted.endpoint,
  );
  if (known) return sameSubscription(known, wanted.attributes ?? {});
  const needsConfirmation = protocol === 'http';
  const subscription: Subscription = {
    arn: `${topic.arn}:${scope.ids.uuid()}`,
    topicArn: topic.arn,
    protocol,
    endpoint: wanted.endpoint,
    createdAt: scope.clock.now(),
    accountUrl: wanted.accountUrl,
    token: needsConfirmation ? scope.ids.hex(TOKEN_LENGTH) : undefined,
    settings: changeSubscriptionSettings(DEFAULT_SUBSCRIPTION_SETTINGS, wanted.attributes ?? {}),
  };
  topic.subscriptions.set(subscription.arn, subscription);
  if (needsConfirmation) sendConfirmation(scope, subscription);
  return subscription;
}

const ENDPOINT_ARNS = {
  sqs: { label: 'SQS', form: /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w.-]+$/ },
  lambda: { label: 'Lambda', form: /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w:.-]+$/ },
};

function checkEndpoint({ protocol, endpoint }: NewSubscription): Protocol {
  if (protocol === 'http') return checkUrl(endpoint);
  if (protocol !== 'sqs' && protocol !== 'lambda') throw notSimulated(`Subscribing with protocol ${protocol}`);
  const { label, form } = ENDPOINT_ARNS[protocol];
  if (form.test(endpoint)) return protocol;
  throw invalidParameter(`${label} endpoint ARN`);
}

/** The local account reaches this machine and nothing else. */
function checkUrl(endpoint: string): 'http' {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : undefined;
  if (host === undefined || !endpoint.startsWith('http://')) {
    throw invalidParameter('Endpoint must match the specified protocol');
  }
  if (host === '127.0.0.1' || host === 'localhost' || host === '[::1]') return 'http';
  throw invalidParameter(`Endpoint Reason: the local account delivers to 127.0.0.1 only, not to ${host}`);
}

function sameSubscription(known: Subscription, attributes: AttributeTexts): Subscription {
  const present = subscriptionSettingTexts(known.settings);
  const wanted = subscriptionSettingTexts(changeSubscriptionSettings(known.settings, attributes));
  const differs = Object.keys(attributes).some((name) => present[name] !== wanted[name]);
  if (differs) throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
  return known;
}

/** Throws `InvalidParameter` for a token that nobody gave, or that is too old. */
export function confirmSubscription(scope: Scope, topicArn: string, token: string): Subscription {
  const topic = topicByArn(scope, topicArn);
  const subscription = [...topic.subscriptions.values()].find((candidate) => candidate.token === token);
  const age = subscription ? scope.clock.now().getTime() - subscription.createdAt.getTime() : Infinity;
  if (!subscription || age > TOKEN_VALID_MS) throw invalidParameter('Invalid token');
  subscription.token = undefined;
  return subscription;
}

/** Nothing happens if there is no such subscription. */
export function unsubscribe(scope: Scope, subscriptionArn: string): void {
  const topic = topicOfSubscription(scope, subscriptionArn);
  if (topic?.subscriptions.delete(subscriptionArn)) topic.subscriptionsDeleted += 1;
}

function topicOfSubscription(scope: Scope, subscriptionArn: string): Topic | undefined {
  const parts = subscriptionArn.split(':');
  if (parts.length < 6) throw invalidParameter('SubscriptionArn Reason: An ARN must have at least 6 elements');
  return snsState(scope).topics.get(parts.slice(0, 6).join(':'));
}

/** Sets one attribute. Throws `NotFound`, `InvalidParameter`. */
export function setSubscriptionAttribute(subscription: Subscription, name: string, text: string): void {
  if (subscription.token !== undefined) throw notFound('Subscription');
  subscription.settings = changeSubscriptionSettings(subscription.settings, { [name]: text });
}
