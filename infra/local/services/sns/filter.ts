import { matchesEventPattern } from '../eventbridge/pattern/matches-pattern';
import type { MessageAttribute, MessageAttributes } from '../sqs/state';
import type { SubscriptionSettings } from './state';

export interface Filterable {
  readonly message: string;
  readonly attributes: MessageAttributes;
}

/** Whether the subscription's filter lets the message through: https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html */
export function passesFilter(
  { filterPolicy, filterPolicyScope }: SubscriptionSettings,
  filterable: Filterable,
): boolean {
  const pattern = filterPolicy?.pattern;
  if (!pattern) return true;
  if (filterPolicyScope === 'MessageBody') {
    const body = parseObject(filterable.message);
    return body !== undefined && matchesEventPattern(pattern, body);
  }
  const values = Object.entries(filterable.attributes).map(([name, attribute]) => [name, filterValue(attribute)]);
  return matchesEventPattern(pattern, Object.fromEntries(values));
}

/** Numbers and lists are compared as such; a binary attribute is there, and equal to nothing. */
function filterValue({ dataType, value }: MessageAttribute): unknown {
  if (typeof value !== 'string') return Buffer.from(value).toString('base64');
  if (dataType.startsWith('Number')) return Number(value);
  return dataType === 'String.Array' ? parseArray(value) : value;
}

function parseArray(text: string): unknown {
  const parsed = parseJson(text);
  return Array.isArray(parsed) ? parsed : text;
}

function parseObject(text: string): object | undefined {
  const parsed = parseJson(text);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A message that is no JSON is not an error: the filter does not let it through.
    return undefined;
  }
}
