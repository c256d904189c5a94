import { placeOf, type Envelope, type Place } from './envelope';
import type { EventParser } from './event-parser';
import type { Request } from './request';
import { nothing, UNPLACED } from './trigger';

/** Everything that the controller looks after in an account and region. */
export function accountRequest({ account, region }: Place): Request {
  return { kind: 'account', account, region, id: account };
}

/** `Scheduled Event`: the sweep. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
export const schedule: EventParser = (event: Envelope, settings) => {
  const place = placeOf(event, settings);
  return place ? { requests: [accountRequest(place)] } : nothing(UNPLACED);
};
