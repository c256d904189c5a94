/** Topics: for the API of SNS and for whoever sets an account up. */
import { MalformedPolicy, parsePolicyDocument } from '../../iam/policy-document';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { invalidParameter, notSimulated } from './errors';
import type { Topic, TopicSettings } from './state';
import { snsState } from './state';

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const TOPIC_NAME = /^[a-zA-Z0-9_-]{1,256}$/;
/** https://docs.aws.amazon.com/sns/latest/dg/sns-tags.html */
const MAX_TAGS = 50;
/** https://docs.aws.amazon.com/sns/latest/api/API_Tag.html */
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;
const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html and API_CreateTopic */
const MESSAGE_SIZE_RANGE = { least: 1_024, most: 1_048_576 };

/** Attribute values by name; all of them are strings. */
export type AttributeTexts = Readonly<Record<string, string>>;
export type Tags = Readonly<Record<string, string>>;

export interface NewTopic {
  readonly name: string;
  /** As CreateTopic takes them: `{ DisplayName: 'Alerts' }`. */
  readonly attributes?: AttributeTexts;
  readonly tags?: Tags;
}

/**
 * Makes a topic, or answers with the one of this name. Throws `InvalidParameter`; 501 for attributes that are not
 * simulated.
 */
export function createTopic(scope: Scope, { name, attributes = {}, tags = {} }: NewTopic): Topic {
  if (!TOPIC_NAME.test(name)) throw invalidParameter('Topic Name');
  const topicArn = arn(scope, 'sns', name);
  const known = snsState(scope).topics.get(topicArn);
  if (known) return sameTopic(known, { attributes, tags });
  const topic: Topic = {
    name,
    arn: topicArn,
    settings: changeSettings(defaultSettings(scope, topicArn), attributes),
    tags: new Map(),
    subscriptions: new Map(),
    subscriptionsDeleted: 0,
  };
  tagTopic(topic, tags);
  snsState(scope).topics.set(topicArn, topic);
  return topic;
}

function sameTopic(
  topic: Topic,
  { attributes, tags }: { readonly attributes: AttributeTexts; readonly tags: Tags },
): Topic {
  const present = settingTexts(topic.settings);
  const wanted = settingTexts(changeSettings(topic.settings, attributes));
  const differs = Object.keys(attributes).some((name) => present[name] !== wanted[name]);
  if (differs) throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
  const retagged = Object.entries(tags).some(([key, value]) => topic.tags.get(key) !== value);
  if (retagged) throw invalidParameter('Tags Reason: Topic already exists with different tags');
  return topic;
}

/** What a topic allows until it is told otherwise: everything, to its own account. */
function defaultPolicy({ account }: Scope, topicArn: string): string {
  const actions = [
    ...['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Subscribe'],
    ...['ListSubscriptionsByTopic', 'Publish'],
  ];
  const statement = {
    Sid: '__default_statement_ID',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: actions.map((action) => `SNS:${action}`),
    Resource: topicArn,
    Condition: { StringEquals: { 'AWS:SourceOwner': account } },
  };
  return JSON.stringify({ Version: '2008-10-17', Id: '__default_policy_ID', Statement: [statement] });
}

function defaultSettings(scope: Scope, topicArn: string): TopicSettings {
  return {
    displayName: '',
    policy: parsePolicy(defaultPolicy(scope, topicArn)),
    kmsMasterKeyId: undefined,
    signatureVersion: undefined,
    tracingConfig: undefined,
    maximumMessageSize: undefined,
  };
}

type Settings = { -readonly [Name in keyof TopicSettings]: TopicSettings[Name] };
type Write = (settings: Settings, text: string) => void;

const writers: Readonly<Record<string, Write>> = {
  DisplayName: (settings, text) => {
    settings.displayName = text;
  },
  Policy: (settings, text) => {
    settings.policy = parsePolicy(text);
  },
  KmsMasterKeyId: (settings, text) => {
    settings.kmsMasterKeyId = text === '' ? undefined : text;
  },
  SignatureVersion: (settings, text) => {
    if (text !== '1' && text !== '2') throw invalidParameter('SignatureVersion');
    settings.signatureVersion = text;
  },
  TracingConfig: (settings, text) => {
    if (text !== 'PassThrough' && text !== 'Active') throw invalidParameter('TracingConfig');
    settings.tracingConfig = text;
  },
  MaximumMessageSize: (settings, text) => {
    const size = Number(text);
    const { least, most } = MESSAGE_SIZE_RANGE;
    if (!Number.isInteger(size) || size < least || size > most) throw invalidParameter('MaximumMessageSize');
    settings.maximumMessageSize = size;
  },
};

const NOT_SIMULATED =
  /^(FifoTopic|ContentBasedDeduplication|FifoThroughputScope|ArchivePolicy|DeliveryPolicy|\w+(SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn))$/;

function changeSettings(settings: TopicSettings, attributes: AttributeTexts): TopicSettings {
  const changed: Settings = { ...settings };
  for (const [name, text] of Object.entries(attributes)) {
    if (NOT_SIMULATED.test(name)) throw notSimulated(`The topic attribute ${name}`);
    const write = writers[name];
    if (!write) throw invalidParameter('AttributeName');
    write(changed, text);
  }
  return changed;
}

function parsePolicy(text: string): TopicSettings['policy'] {
  try {
    return { text, document: parsePolicyDocument(text) };
  } catch (cause) {
    if (!(cause instanceof MalformedPolicy)) throw cause;
    const error = invalidParameter(`Policy Error: ${cause.message}`);
    error.cause = cause;
    throw error;
  }
}

/** Settings as GetTopicAttributes answers them; what is not set is absent. */
export function settingTexts(settings: TopicSettings): AttributeTexts {
  const { kmsMasterKeyId, signatureVersion, tracingConfig, maximumMessageSize } = settings;
  return {
    DisplayName: settings.displayName,
    Policy: settings.policy.text,
    ...(kmsMasterKeyId !== undefined && { KmsMasterKeyId: kmsMasterKeyId }),
    ...(signatureVersion && { SignatureVersion: signatureVersion }),
    ...(tracingConfig && { TracingConfig: tracingConfig }),
    ...(maximumMessageSize !== undefined && { MaximumMessageSize: String(maximumMessageSize) }),
  };
}

/** Throws `InvalidParameter`; 501 for attributes that are not simulated. */
export function setTopicAttribute(topic: Topic, name: string, text: string): void {
  topic.settings = changeSettings(topic.settings, { [name]: text });
}

/** Throws `TagLimitExceeded` when there would be more than 50 tags. */
export function tagTopic(topic: Topic, tags: Tags): void {
  for (const [key, value] of Object.entries(tags)) checkTag(key, value);
  const after = new Map([...topic.tags, ...Object.entries(tags)]);
  if (after.size > MAX_TAGS) {
    throw new ApiError('TagLimitExceeded', `Could not complete request: tag quota of per resource exceeded`);
  }
  for (const [key, value] of after) topic.tags.set(key, value);
}

function checkTag(key: string, value: string): void {
  if (key === '' || key.length > MAX_TAG_KEY || !TAG_CHARACTERS.test(key)) {
    throw invalidParameter(`Tags Reason: tag key ${key} is not valid`);
  }
  if (/^aws:/i.test(key)) throw invalidParameter('Tags Reason: aws: prefixed tag key names are not allowed');
  if (value.length <= MAX_TAG_VALUE && TAG_CHARACTERS.test(value)) return;
  throw invalidParameter(`Tags Reason: the value of tag ${key} is not valid`);
}

/** Deletes the topic with its subscriptions; nothing happens if it does not exist. */
export function deleteTopic(scope: Scope, topicArn: string): void {
  snsState(scope).topics.delete(topicArn);
}
