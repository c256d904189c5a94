/** Dead-letter queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
import type { ApiError } from '../../kernel/api-error';
import { isRecord } from '../../kernel/json';
import type { Scope } from '../../kernel/scope';
import { invalidAttribute, invalidValue } from './errors';
import type { QueueSettings, RedriveAllowPolicy, RedrivePolicy } from './state';
import { queueByArn } from './state';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const MAX_RECEIVE_COUNT = 1_000;
const DEFAULT_MAX_RECEIVE_COUNT = 10;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const MAX_SOURCE_QUEUES = 10;

export function parseRedrivePolicy(text: string): RedrivePolicy {
  const refuse = (reason: string): ApiError => invalidValue('RedrivePolicy', text, reason);
  const { deadLetterTargetArn, maxReceiveCount = DEFAULT_MAX_RECEIVE_COUNT, ...others } = parseObject(text, refuse);
  if (typeof deadLetterTargetArn !== 'string') {
    throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  }
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw refuse(`Redrive policy contains unknown attribute: ${unknown}.`);
  const count = Number(maxReceiveCount);
  if (!Number.isInteger(count) || count < 1 || count > MAX_RECEIVE_COUNT) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to ${MAX_RECEIVE_COUNT} both inclusive.`,
    );
  }
  return { deadLetterTargetArn, maxReceiveCount: count };
}

export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const { redrivePermission, sourceQueueArns = [] } = parseObject(text, () => invalidAttribute('RedriveAllowPolicy'));
  const byQueue = redrivePermission === 'byQueue';
  if (!byQueue && redrivePermission !== 'allowAll' && redrivePermission !== 'denyAll') {
    throw invalidAttribute('RedriveAllowPolicy');
  }
  const sources = Array.isArray(sourceQueueArns) ? sourceQueueArns.map(String) : [];
  if (sources.length > MAX_SOURCE_QUEUES || byQueue !== sources.length > 0)
    throw invalidAttribute('RedriveAllowPolicy');
  return { redrivePermission, sourceQueueArns: sources };
}

/** Throws unless the dead-letter queue exists and lets this queue send its dead there. */
export function checkDeadLetterTarget(scope: Scope, sourceArn: string, { redrivePolicy }: QueueSettings): void {
  if (!redrivePolicy) return;
  const { deadLetterTargetArn } = redrivePolicy;
  const refuse = (reason: string): ApiError => invalidValue('RedrivePolicy', JSON.stringify(redrivePolicy), reason);
  const target = queueByArn(scope, deadLetterTargetArn);
  if (!target) throw refuse('Dead letter target does not exist.');
  const allow = target.settings.redriveAllowPolicy;
  const allowed =
    allow?.redrivePermission === 'byQueue'
      ? allow.sourceQueueArns.includes(sourceArn)
      : allow?.redrivePermission !== 'denyAll';
  if (!allowed) throw refuse(`Redrive allow policy of ${deadLetterTargetArn} does not admit ${sourceArn}.`);
}

function parseObject(text: string, refuse: (reason: string) => ApiError): Readonly<Record<string, unknown>> {
  const parsed = parseJson(text, refuse);
  if (!isRecord(parsed)) throw refuse('Redrive policy is not a valid JSON map.');
  return parsed;
}

function parseJson(text: string, refuse: (reason: string) => ApiError): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const error = refuse('Redrive policy is not a valid JSON map.');
    error.cause = cause;
    throw error;
  }
}
