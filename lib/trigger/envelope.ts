/** The frame of every EventBridge event: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
import * as v from 'valibot';
import { parseArn, type Arn } from './arn';
import type { TriggerSettings } from './trigger';

/** Absent, empty and of another type are all the same: not said. */
const lenientText = v.fallback(v.optional(v.pipe(v.string(), v.trim(), v.minLength(1))), undefined);

/** Only source and type are needed; published events lack any of the rest. */
export const envelopeSchema = v.object({
  source: v.string(),
  'detail-type': v.string(),
  account: lenientText,
  region: lenientText,
  resources: v.fallback(v.optional(v.array(v.string()), []), []),
  detail: v.optional(v.unknown()),
});

export type Envelope = v.InferOutput<typeof envelopeSchema>;

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** First ARN among the event's resources that belongs to `service`. */
export function resourceArn(event: Envelope, service: string): Arn | undefined {
  return event.resources.map((text) => parseArn(text.trim())).find((arn) => arn?.service === service);
}

/** Where the event comes from: it says so itself, or its resources do, or the settings; undefined: nobody knows. */
export function placeOf(event: Envelope, settings: TriggerSettings): Place | undefined {
  const arn = event.resources.map((text) => parseArn(text.trim())).find((parsed) => parsed?.account && parsed.region);
  const account = event.account ?? arn?.account ?? settings.account;
  const region = event.region ?? arn?.region ?? settings.region;
  return account && region ? { account, region } : undefined;
}
