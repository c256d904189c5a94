import * as v from 'valibot';
import { instanceRequest } from './ec2-instance';
import { placeOf } from './envelope';
import { eventParser, type EventParser } from './event-parser';
import { nothing, UNPLACED } from './trigger';

const detail = v.object({ EC2InstanceId: v.string() });

/**
 * `EC2 Instance Launch Successful` and its siblings: the instance they name. A published sample has no instance at all.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html
 */
export const autoScaling = eventParser(detail, ({ detail: { EC2InstanceId: id }, event, settings }) => {
  const place = placeOf(event, settings);
  if (!place) return nothing(UNPLACED);
  const request = instanceRequest(id, place);
  return request ? { requests: [request] } : nothing(`detail.EC2InstanceId is no instance id: ${JSON.stringify(id)}`);
});

export const failedLaunch: EventParser = () => nothing('the launch failed: there is no new instance to look at');
