/** What the controller was seen to do, as the account's own call log has it. */
import type { CallRecord } from '../../../infra/local/protocol/call-log';

/** Services whose writes change a workload; the controller's own table, queues, topics and bus are others. */
const WORKLOAD = new Set(['autoscaling', 'ec2', 'ecs', 'elasticloadbalancing', 'servicediscovery']);

const byController = (call: CallRecord): boolean => call.roleArn !== undefined;

export const isWorkloadWrite = (call: CallRecord): boolean =>
  byController(call) && !call.readOnly && WORKLOAD.has(call.service) && call.status < 400;

export const isPublish = (call: CallRecord): boolean =>
  byController(call) && call.service === 'sns' && call.operation === 'Publish' && call.status < 400;

export const isEvent = (call: CallRecord): boolean =>
  byController(call) && call.service === 'events' && call.operation === 'PutEvents' && call.status < 400;

/** Puts a request back, to be looked at again later. */
export const isRequeue = (call: CallRecord): boolean =>
  byController(call) && call.service === 'sqs' && call.operation === 'SendMessageBatch' && call.status < 400;

/** What only a look at the whole account begins with. */
export const isSweep = (call: CallRecord): boolean =>
  byController(call) && call.service === 'ecs' && call.operation === 'ListClusters' && call.status < 400;

export const isDenied = (call: CallRecord): boolean =>
  byController(call) && /AccessDenied|Unauthorized/.test(call.errorCode ?? '');

export const nameOf = ({ service, operation }: CallRecord): string => `${service}:${operation}`;

/** How often each call was made. */
export function tally(calls: readonly CallRecord[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[nameOf(call)] = (counts[nameOf(call)] ?? 0) + 1;
  return counts;
}
