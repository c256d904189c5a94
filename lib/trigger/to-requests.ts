/**
 * Turns an event into what to look at. Nothing in an event is believed beyond the identity of a resource: the rest is
 * read afresh. Any value is welcome here and none throws: an event that is not understood says why it led to nothing.
 */
import * as v from 'valibot';
import { apiCall, fromApiCallRecord, isApiCallRecord } from './api-call';
import { autoScaling, failedLaunch } from './auto-scaling';
import { ec2Instance } from './ec2-instance';
import { ecsContainerInstance } from './ecs-container-instance';
import { ecsService } from './ecs-service';
import { ecsTask } from './ecs-task';
import { envelopeSchema } from './envelope';
import type { EventParser } from './event-parser';
import { parameterStore } from './parameter-store';
import { fromPlainRequest, isPlainRequest } from './plain-request';
import { schedule } from './schedule';
import { mergeTriggers, nothing, type Trigger, type TriggerSettings } from './trigger';
import { unwrap } from './unwrap';

/** By `<source> <detail-type>`. */
const PARSERS: ReadonlyMap<string, EventParser> = new Map([
  ['aws.ecs ECS Task State Change', ecsTask],
  ['aws.ecs ECS Container Instance State Change', ecsContainerInstance],
  ['aws.ecs ECS Service Action', ecsService],
  ['aws.ecs ECS Deployment State Change', ecsService],
  ['aws.ec2 EC2 Instance State-change Notification', ec2Instance],
  ['aws.autoscaling EC2 Instance Launch Successful', autoScaling],
  ['aws.autoscaling EC2 Instance Launch Unsuccessful', failedLaunch],
  ['aws.autoscaling EC2 Instance Terminate Successful', autoScaling],
  ['aws.autoscaling EC2 Instance-launch Lifecycle Action', autoScaling],
  ['aws.autoscaling EC2 Instance-terminate Lifecycle Action', autoScaling],
  ['aws.ssm Parameter Store Change', parameterStore],
  ['aws.events Scheduled Event', schedule],
]);

/** CloudTrail delivers under the source of the service that was called. */
const API_CALL = 'AWS API Call via CloudTrail';

function fromEvent(message: unknown, settings: TriggerSettings): Trigger {
  if (typeof message !== 'object' || message === null) return nothing('not an event: it is no JSON object');
  if (isPlainRequest(message)) return fromPlainRequest(message);
  if (isApiCallRecord(message)) return fromApiCallRecord(message, settings);
  const parsed = v.safeParse(envelopeSchema, message, { abortEarly: true });
  if (!parsed.success) return nothing('not an event: it has no source and detail-type');
  const event = parsed.output;
  const parser = event['detail-type'] === API_CALL ? apiCall : PARSERS.get(`${event.source} ${event['detail-type']}`);
  if (parser) return parser(event, settings);
  return nothing(
    `no use for ${JSON.stringify(event['detail-type'].slice(0, 200))} of ${JSON.stringify(event.source.slice(0, 200))}`,
  );
}

/**
 * What `message` asks to look at, or why nothing: an event of EventBridge, a request, or anything that carries them.
 * Of a batch, the requests of all parts; take it apart and ask for each part to know of those that led to nothing.
 */
export function toRequests(message: unknown, settings: TriggerSettings = {}): Trigger {
  const parts = unwrap(message);
  if (parts.length === 0) return nothing('an empty batch');
  return mergeTriggers(
    parts.map((part) => ('problem' in part ? nothing(part.problem) : fromEvent(part.message, settings))),
  );
}
