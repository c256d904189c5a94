import * as v from 'valibot';
import { placeOf, resourceArn, type Place } from './envelope';
import { eventParser } from './event-parser';
import type { Request } from './request';
import { nothing, UNPLACED } from './trigger';

/** 8 hexadecimal digits before 2016, 17 since; published samples have others, so only the form is checked. */
const INSTANCE_ID = /^i-[0-9a-f]+$/;

/** The request for an EC2 instance; undefined if `id` is no instance id. */
export function instanceRequest(id: string, { account, region }: Place): Request | undefined {
  const trimmed = id.trim();
  return INSTANCE_ID.test(trimmed) ? { kind: 'instance', account, region, id: trimmed } : undefined;
}

const detail = v.object({ 'instance-id': v.fallback(v.optional(v.string()), undefined) });

/**
 * `EC2 Instance State-change Notification`. Every state calls for a look: these events are delivered at best effort,
 * so any of them may be the only one to come, and what was found on an ended instance is over.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html
 */
export const ec2Instance = eventParser(detail, ({ detail: notice, event, settings }) => {
  const place = placeOf(event, settings);
  if (!place) return nothing(UNPLACED);
  const id = notice['instance-id'] ?? resourceArn(event, 'ec2')?.resource.replace(/^instance\//, '') ?? '';
  const request = instanceRequest(id, place);
  return request ? { requests: [request] } : nothing(`the event names no instance: ${JSON.stringify(id)}`);
});
