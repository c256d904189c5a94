/** Attributes of a subscription as the API spells them: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
import { parseEventPattern } from '../eventbridge/pattern/event-pattern';
import { InvalidPattern } from '../eventbridge/pattern/invalid-pattern';
import { invalidParameter, notSimulated } from './errors';
import type { SubscriptionSettings } from './state';
import type { AttributeTexts } from './topics';

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const MAX_FILTER_FIELDS = 5;
const MAX_FILTER_BYTES = 262_144;
const MAX_FILTER_COMBINATIONS = 150;

export const DEFAULT_SUBSCRIPTION_SETTINGS: SubscriptionSettings = {
  rawMessageDelivery: false,
  filterPolicy: undefined,
  filterPolicyScope: 'MessageAttributes',
  deadLetterTargetArn: undefined,
};

type Settings = { -readonly [Name in keyof SubscriptionSettings]: SubscriptionSettings[Name] };
type Write = (settings: Settings, text: string) => void;

const writers: Readonly<Record<string, Write>> = {
  RawMessageDelivery: (settings, text) => {
    const value = text.toLowerCase();
    if (value !== 'true' && value !== 'false') {
      throw invalidParameter(`Attributes Reason: RawMessageDelivery: Invalid value [${text}]. Must be true or false.`);
    }
    settings.rawMessageDelivery = value === 'true';
  },
  FilterPolicy: (settings, text) => {
    settings.filterPolicy = text === '' ? undefined : { text, pattern: parseFilter(text) };
  },
  FilterPolicyScope: (settings, text) => {
    if (text !== 'MessageAttributes' && text !== 'MessageBody') {
      throw invalidParameter(`FilterPolicyScope: Invalid value [${text}].`);
    }
    settings.filterPolicyScope = text;
  },
  RedrivePolicy: (settings, text) => {
    settings.deadLetterTargetArn = text === '' ? undefined : parseRedrivePolicy(text);
  },
};

const NOT_SIMULATED = new Set(['DeliveryPolicy', 'SubscriptionRoleArn', 'ReplayPolicy']);

/** Throws `InvalidParameter`, 501 for attributes that are not simulated. */
export function changeSubscriptionSettings(
  settings: SubscriptionSettings,
  attributes: AttributeTexts,
): SubscriptionSettings {
  const changed: Settings = { ...settings };
  for (const [name, text] of Object.entries(attributes)) {
    if (NOT_SIMULATED.has(name)) throw notSimulated(`The subscription attribute ${name}`);
    const write = writers[name];
    if (!write) throw invalidParameter('AttributeName');
    write(changed, text);
  }
  checkFilterScope(changed);
  return changed;
}

function parseFilter(text: string) {
  if (Buffer.byteLength(text) > MAX_FILTER_BYTES) throw invalidParameter('FilterPolicy: Filter policy is too long');
  if (/^\s*\{\s*\}\s*$/.test(text)) return undefined;
  try {
    return parseEventPattern(text);
  } catch (cause) {
    if (!(cause instanceof InvalidPattern)) throw cause;
    const error = invalidParameter(`FilterPolicy: ${cause.message}`);
    error.cause = cause;
    throw error;
  }
}

/** Attributes have no fields below them. */
function checkFilterScope({ filterPolicy, filterPolicyScope }: SubscriptionSettings): void {
  const fields = new Set(filterPolicy?.pattern?.branches.flatMap((branch) => [...branch.keys()]));
  if (fields.size > MAX_FILTER_FIELDS)
    throw invalidParameter('FilterPolicy: Filter policy can not have more than 5 keys');
  const combinations = filterPolicy?.pattern?.branches.map((branch) =>
    [...branch.values()].reduce((product, values) => product * values.length, 1),
  );
  if (combinations && combinations.reduce((sum, count) => sum + count, 0) > MAX_FILTER_COMBINATIONS) {
    throw invalidParameter('FilterPolicy: Filter policy is too complex');
  }
  const isNested = [...fields].some((field) => field.includes('.'));
  if (filterPolicyScope === 'MessageAttributes' && isNested) {
    throw invalidParameter('FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy');
  }
}

function parseRedrivePolicy(text: string): string {
  const [, target] = /^\s*\{\s*"deadLetterTargetArn"\s*:\s*"(arn:[^"]+)"\s*\}\s*$/.exec(text) ?? [];
  if (target === undefined) throw invalidParameter('RedrivePolicy: failed to parse JSON.');
  return target;
}

/** Settings as GetSubscriptionAttributes answers them; what is not set is absent. */
export function subscriptionSettingTexts(settings: SubscriptionSettings): AttributeTexts {
  const { filterPolicy, filterPolicyScope, deadLetterTargetArn } = settings;
  return {
    RawMessageDelivery: String(settings.rawMessageDelivery),
    ...(filterPolicy && { FilterPolicy: filterPolicy.text, FilterPolicyScope: filterPolicyScope }),
    ...(deadLetterTargetArn !== undefined && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) }),
  };
}
