/** The policy document as people write it: every key that may be there, what it may hold, and what it means if absent. */
import * as v from 'valibot';
import { remedies, severities } from '../evaluate/finding';
import { modes, postures } from './policy';

/** Largest `perRun`/`perHour` that can be written; more is a typing error, not a budget. */
const MAX_BUDGET = 10_000;
/** SQS gathers a batch for at most 300 s: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const MAX_DIGEST_MINUTES = 5;
const MAX_MINUTES = 7 * 24 * 60;

const text = v.pipe(v.string('must be text; put numbers such as account ids in quotes'), v.minLength(1, 'is empty'));
const whole = (min: number, max: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${String(min)}`),
    v.maxValue(max, `must be at most ${String(max)}`),
  );
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  v.picklist(values, `must be one of ${values.join(', ')}`);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
function isCalendarDay(day: string): boolean {
  // what is no day at all is said by the pattern
  if (!DAY.test(day)) return true;
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
}
const day = v.pipe(
  v.string('must be a day, written YYYY-MM-DD'),
  v.regex(DAY, 'must be a day, written YYYY-MM-DD'),
  v.check(isCalendarDay, 'is no day of the calendar'),
);

const globs = v.optional(v.array(text, 'must be a list'), []);

const match = v.strictObject({
  accounts: globs,
  regions: globs,
  clusters: globs,
  services: globs,
  tags: v.optional(v.record(v.string(), text, 'must be a map of tag key to value'), {}),
});

const scope = v.strictObject({
  name: text,
  match: v.optional(match, {}),
  posture: oneOf(postures),
  mode: v.optional(oneOf(modes)),
  deploymentGraceMinutes: v.optional(whole(0, MAX_MINUTES), 60),
});

const ruleSwitch = oneOf(['off', 'on']);
const ruleMap = v.strictObject({
  severity: v.optional(oneOf(severities)),
  remedy: v.optional(oneOf(remedies)),
  options: v.optional(v.record(v.string(), v.unknown(), 'must be a map'), {}),
});
/** `off`, `on`, or a map: chosen by what is written, so that a fault inside the map is named itself. */
const ruleSetting = v.lazy((written) => (typeof written === 'object' ? ruleMap : ruleSwitch));

const exemption = v.strictObject({ rule: text, resource: text, reason: text, owner: text, until: day });

const deregister = v.strictObject({
  perRun: v.optional(whole(0, MAX_BUDGET), 5),
  perHour: v.optional(whole(0, MAX_BUDGET), 20),
  minHealthyPercent: v.optional(whole(0, 100), 50),
  minHealthyPerZone: v.optional(whole(0, MAX_BUDGET), 1),
  orphanMinutes: v.optional(whole(0, MAX_MINUTES), 15),
  healthyOrphans: v.optional(oneOf(['report', 'allow']), 'report'),
  ecsManaged: v.optional(oneOf(['never', 'allow']), 'never'),
});

const heal = v.strictObject({
  perRun: v.optional(whole(0, MAX_BUDGET), 10),
  perHour: v.optional(whole(0, MAX_BUDGET), 50),
});

const alerts = v.strictObject({
  minSeverity: v.optional(oneOf(severities), 'medium'),
  digestMinutes: v.optional(whole(0, MAX_DIGEST_MINUTES), 5),
  remindAfterHours: v.optional(whole(1, 24 * 365), 24),
});

/** Tag keys may hold letters, digits, spaces and `_ . : / = + - @`: https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html */
const TAG_PREFIX = /^(?!aws)[\w./=+@-]{1,64}$/;
const tags = v.strictObject({
  prefix: v.optional(v.pipe(text, v.regex(TAG_PREFIX, 'must be 1 to 64 letters, digits or _ . / = + - @')), 'ecs-ipv6'),
  propagating: v.optional(v.boolean('must be true or false'), false),
});

export const policySchema = v.strictObject({
  version: v.literal(1, 'must be 1'),
  mode: v.optional(oneOf(modes), 'observe'),
  scopes: v.pipe(v.array(scope, 'must be a list'), v.minLength(1, 'must name at least one scope')),
  rules: v.optional(v.record(v.string(), ruleSetting, 'must be a map of rule id to setting'), {}),
  exemptions: v.optional(v.array(exemption, 'must be a list'), []),
  guard: v.optional(v.strictObject({ deregister: v.optional(deregister, {}), heal: v.optional(heal) }), {}),
  alerts: v.optional(alerts, {}),
  tags: v.optional(tags, {}),
});

export type PolicyDocument = v.InferOutput<typeof policySchema>;
