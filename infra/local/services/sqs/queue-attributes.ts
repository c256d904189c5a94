/** Attributes of a queue as the API spells them: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
import { MalformedPolicy, parsePolicyDocument } from '../../iam/policy-document';
import { ApiError } from '../../kernel/api-error';
import { invalidAttribute } from './errors';
import { parseRedriveAllowPolicy, parseRedrivePolicy } from './redrive-policy';
import type { Queue, QueueSettings } from './state';

/** Attribute values by name; all of them are strings. */
export type AttributeTexts = Readonly<Record<string, string>>;

type Settings = { -readonly [Name in keyof QueueSettings]: QueueSettings[Name] };

/** Defaults: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export const DEFAULT_SETTINGS: QueueSettings = {
  delaySeconds: 0,
  maximumMessageSize: 1_048_576,
  messageRetentionPeriod: 345_600,
  receiveMessageWaitTimeSeconds: 0,
  visibilityTimeout: 30,
  policy: undefined,
  redrivePolicy: undefined,
  redriveAllowPolicy: undefined,
  sqsManagedSseEnabled: true,
  kmsMasterKeyId: undefined,
  kmsDataKeyReusePeriodSeconds: undefined,
};

type Write = (settings: Settings, text: string) => void;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const writers: Readonly<Record<string, Write>> = {
  DelaySeconds: (settings, text) => {
    settings.delaySeconds = integer('DelaySeconds', text, [0, 900]);
  },
  MaximumMessageSize: (settings, text) => {
    settings.maximumMessageSize = integer('MaximumMessageSize', text, [1_024, 1_048_576]);
  },
  MessageRetentionPeriod: (settings, text) => {
    settings.messageRetentionPeriod = integer('MessageRetentionPeriod', text, [60, 1_209_600]);
  },
  ReceiveMessageWaitTimeSeconds: (settings, text) => {
    settings.receiveMessageWaitTimeSeconds = integer('ReceiveMessageWaitTimeSeconds', text, [0, 20]);
  },
  VisibilityTimeout: (settings, text) => {
    settings.visibilityTimeout = integer('VisibilityTimeout', text, [0, 43_200]);
  },
  Policy: (settings, text) => {
    settings.policy = text === '' ? undefined : { text, document: policyDocument(text) };
  },
  RedrivePolicy: (settings, text) => {
    settings.redrivePolicy = text === '' ? undefined : parseRedrivePolicy(text);
  },
  RedriveAllowPolicy: (settings, text) => {
    settings.redriveAllowPolicy = text === '' ? undefined : parseRedriveAllowPolicy(text);
  },
  SqsManagedSseEnabled: (settings, text) => {
    if (text !== 'true' && text !== 'false') throw invalidAttribute('SqsManagedSseEnabled');
    settings.sqsManagedSseEnabled = text === 'true';
    if (settings.sqsManagedSseEnabled) settings.kmsMasterKeyId = undefined;
  },
  KmsMasterKeyId: (settings, text) => {
    settings.kmsMasterKeyId = text === '' ? undefined : text;
    settings.sqsManagedSseEnabled = text === '';
  },
  KmsDataKeyReusePeriodSeconds: (settings, text) => {
    settings.kmsDataKeyReusePeriodSeconds = integer('KmsDataKeyReusePeriodSeconds', text, [60, 86_400]);
  },
};

function integer(name: string, text: string, [low, high]: readonly [number, number]): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < low || value > high) throw invalidAttribute(name);
  return value;
}

function policyDocument(text: string) {
  try {
    return parsePolicyDocument(text);
  } catch (cause) {
    if (!(cause instanceof MalformedPolicy)) throw cause;
    const error = new ApiError('InvalidAttributeValue', `Invalid value for the parameter Policy. ${cause.message}`);
    error.cause = cause;
    throw error;
  }
}

/** FIFO queues are not simulated; `FifoQueue: false` is what every other queue is. */
function refuseFifo(name: string, text: string): void {
  if (name === 'FifoQueue' && text !== 'true')
    throw new ApiError('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  throw new ApiError('NotImplemented', `The queue attribute ${name} is not simulated by the local account.`, 501);
}

const FIFO_ATTRIBUTES = new Set([
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

/** The settings after these attributes are set. Throws `InvalidAttributeName`, `InvalidAttributeValue`. */
export function changeSettings(settings: QueueSettings, attributes: AttributeTexts): QueueSettings {
  const changed: Settings = { ...settings };
  for (const [name, text] of Object.entries(attributes)) {
    if (FIFO_ATTRIBUTES.has(name)) refuseFifo(name, text);
    const write = writers[name];
    if (!write) throw new ApiError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    write(changed, text);
  }
  return changed;
}

function json(value: object | undefined): string | undefined {
  return value && JSON.stringify(value);
}

function seconds(date: Date): string {
  return String(Math.floor(date.getTime() / 1_000));
}

/** Settings as GetQueueAttributes answers them; what is not set is absent. */
export function settingTexts({ arn, createdAt, modifiedAt, settings }: Queue): Readonly<Record<string, string>> {
  const { redriveAllowPolicy: allow } = settings;
  const texts = {
    QueueArn: arn,
    CreatedTimestamp: seconds(createdAt),
    LastModifiedTimestamp: seconds(modifiedAt),
    DelaySeconds: String(settings.delaySeconds),
    MaximumMessageSize: String(settings.maximumMessageSize),
    MessageRetentionPeriod: String(settings.messageRetentionPeriod),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveMessageWaitTimeSeconds),
    VisibilityTimeout: String(settings.visibilityTimeout),
    SqsManagedSseEnabled: String(settings.sqsManagedSseEnabled),
    Policy: settings.policy?.text,
    RedrivePolicy: json(settings.redrivePolicy),
    RedriveAllowPolicy: json(
      allow && (allow.sourceQueueArns.length > 0 ? allow : { redrivePermission: allow.redrivePermission }),
    ),
    KmsMasterKeyId: settings.kmsMasterKeyId,
    KmsDataKeyReusePeriodSeconds: settings.kmsMasterKeyId && String(settings.kmsDataKeyReusePeriodSeconds ?? 300),
  };
  const present: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) if (text !== undefined) present[name] = text;
  return present;
}
