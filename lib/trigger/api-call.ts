import * as v from 'valibot';
import { apiCallTargets } from './api-call-targets';
import { placeOf, type Envelope } from './envelope';
import { eventParser } from './event-parser';
import { parseArn } from './arn';
import { nothing, type Trigger, type TriggerSettings } from './trigger';

const text = v.fallback(v.optional(v.string()), undefined);

const recordSchema = v.object({
  eventSource: v.string(),
  eventName: v.string(),
  awsRegion: text,
  recipientAccountId: text,
  errorCode: text,
  requestParameters: v.optional(v.unknown()),
  userIdentity: v.fallback(
    v.optional(
      v.object({
        arn: text,
        invokedBy: text,
        sessionContext: v.fallback(
          v.optional(v.object({ sessionIssuer: v.fallback(v.optional(v.object({ arn: text })), undefined) })),
          undefined,
        ),
      }),
    ),
    undefined,
  ),
});
type ApiCall = v.InferOutput<typeof recordSchema>;

/** `assumed-role/NAME/SESSION` and `role/path/NAME` both name the role NAME. */
function roleName(arn: string | undefined): string | undefined {
  const resource = parseArn(arn ?? '')?.resource;
  const [type, ...path] = resource?.split('/') ?? [];
  if (type === 'assumed-role') return path[0];
  return type === 'role' ? path.at(-1) : undefined;
}

/** Sessions of a role keep the role's ARN as issuer; without one, account and role name have to do. */
function isOwnCall({ userIdentity }: ApiCall, ownRoleArns: readonly string[]): boolean {
  const issuer = userIdentity?.sessionContext?.sessionIssuer?.arn;
  if (issuer !== undefined) return ownRoleArns.includes(issuer);
  const caller = parseArn(userIdentity?.arn ?? '');
  const name = roleName(userIdentity?.arn);
  return (
    name !== undefined &&
    ownRoleArns.some((own) => roleName(own) === name && parseArn(own)?.account === caller?.account)
  );
}

/** What ECS itself registers, its own events tell of: every start of a task would lead to a look at its group. */
const ECS = 'ecs.amazonaws.com';

function trigger(call: ApiCall, event: Envelope, settings: TriggerSettings): Trigger {
  const label = `${call.eventSource} ${call.eventName}`;
  if (call.errorCode !== undefined) return nothing(`${label} failed (${call.errorCode}): nothing changed`);
  if (isOwnCall(call, settings.ownRoleArns ?? [])) return nothing(`${label} is the controller's own`);
  if (call.userIdentity?.invokedBy === ECS) return nothing(`${label} was made by ECS, whose own events tell of it`);
  const place = placeOf(event, {
    account: call.recipientAccountId ?? settings.account,
    region: call.awsRegion ?? settings.region,
  });
  return apiCallTargets(call, place);
}

/**
 * `AWS API Call via CloudTrail`. Failed calls are recorded too.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const apiCall = eventParser(recordSchema, ({ detail, event, settings }) => trigger(detail, event, settings));

/** A record as CloudTrail itself writes it, outside EventBridge. */
export function isApiCallRecord(message: object): boolean {
  return 'eventSource' in message && 'eventName' in message && 'eventVersion' in message;
}

export function fromApiCallRecord(record: object, settings: TriggerSettings): Trigger {
  return apiCall({ source: '', 'detail-type': 'CloudTrail record', resources: [], detail: record }, settings);
}
