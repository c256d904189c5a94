/** The policy document as people write it: every key that may be there, what it may hold, and what it means if absent. */
import * as v from 'valibot';
import { severities } from '../evaluate/finding';
import { facts } from '../facts/registry';
import { factOverrides } from './fact-schema';
import { modes, postures } from './policy';
import { exemptedRule, ruleSettings, type KnownRule } from './rule-schema';
import { day, described, listOf, mapOf, oneOf, text, whole } from './schema-parts';

/** Largest `perRun`/`perHour` that can be written; more is a typing error, not a budget. */
const MAX_BUDGET = 10_000;
/** SQS gathers a batch for at most 300 s: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const MAX_DIGEST_MINUTES = 5;
const MAX_MINUTES = 7 * 24 * 60;

const globs = (what: string) => v.optional(described(`${what}: globs with * and ?; empty: all.`, listOf(text)), []);

const match = mapOf({
  accounts: globs('Account ids'),
  regions: globs('Regions'),
  clusters: globs('Names of clusters'),
  services: globs('Names of services'),
  tags: v.optional(
    described(
      'Each tag must be there with a value that matches.',
      v.record(v.string(), text, 'must be a map of tag key to value'),
    ),
    {},
  ),
});

const scope = mapOf({
  name: described('Shown in findings and alerts.', text),
  match: v.optional(described('What belongs to the scope; the first scope that matches wins.', match), {}),
  posture: described('What is wanted; any judges by what is there.', oneOf(postures)),
  mode: v.optional(described("Raises or lowers the policy's mode, never beyond what IAM allows.", oneOf(modes))),
  deploymentGraceMinutes: v.optional(
    described("How long a rolling deployment's old tasks are no violations.", whole(0, MAX_MINUTES)),
    60,
  ),
});

const exemption = (rules: readonly KnownRule[]) =>
  mapOf({
    rule: described('Id of a rule, or * for all.', exemptedRule(rules)),
    resource: described('Glob over the ARN that findings name.', text),
    reason: text,
    owner: text,
    until: described('The last day on which it holds (UTC).', day),
  });

const deregister = mapOf({
  perRun: v.optional(described('Removals in one pass.', whole(0, MAX_BUDGET)), 5),
  perHour: v.optional(described('Removals in any 60 minutes, over all functions.', whole(0, MAX_BUDGET)), 20),
  minHealthyPercent: v.optional(
    described("Of the healthy targets at the window's first removal, how many must be left.", whole(0, 100)),
    50,
  ),
  minHealthyPerZone: v.optional(described('Healthy targets to be left in the zone.', whole(0, MAX_BUDGET)), 1),
  orphanMinutes: v.optional(
    described('How far apart two passes must agree that something is an orphan.', whole(0, MAX_MINUTES)),
    15,
  ),
  healthyOrphans: v.optional(
    described('Whether a healthy orphan may be removed.', oneOf(['report', 'allow'])),
    'report',
  ),
  ecsManaged: v.optional(
    described('Whether what ECS registered for a task that runs may be removed.', oneOf(['never', 'allow'])),
    'never',
  ),
});

const changes = (perRun: number, perHour: number) =>
  mapOf({
    perRun: v.optional(described('Changes in one pass.', whole(0, MAX_BUDGET)), perRun),
    perHour: v.optional(described('Changes in any 60 minutes.', whole(0, MAX_BUDGET)), perHour),
  });

const alerts = mapOf({
  minSeverity: v.optional(described('Below it, changes are events only.', oneOf(severities)), 'medium'),
  digestMinutes: v.optional(described('How long alerts are gathered.', whole(0, MAX_DIGEST_MINUTES)), 5),
  remindAfterHours: v.optional(described('When an open finding is told again.', whole(1, 24 * 365)), 24),
});

/** Tag keys may hold letters, digits, spaces and `_ . : / = + - @`: https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html */
const TAG_PREFIX = /^(?!aws)[\w./=+@-]{1,64}$/;
const tags = mapOf({
  prefix: v.optional(
    described(
      'Of the tag keys <prefix>:status, <prefix>:rules and <prefix>:since.',
      v.pipe(text, v.regex(TAG_PREFIX, 'must be 1 to 64 letters, digits or _ . / = + - @')),
    ),
    'ecs-ipv6',
  ),
  propagating: v.optional(
    described('Tag services that copy their tags to new tasks.', v.boolean('must be true or false')),
    false,
  ),
});

const guard = mapOf({
  deregister: v.optional(described('Limits of removals from target groups and Cloud Map.', deregister), {}),
  heal: v.optional(described('Limits of changes to network interfaces.', changes(10, 50)), {}),
  disableExec: v.optional(described('Limits of changes to services.', changes(5, 20)), {}),
});

/** What a policy may hold for these rules. */
export function policySchema(rules: readonly KnownRule[]) {
  return mapOf({
    version: described('Of this format.', v.literal(1, 'must be 1')),
    mode: v.optional(
      described(
        'The most that is written to the workload: nothing, tags, or actions whose remedy is auto.',
        oneOf(modes),
      ),
      'observe',
    ),
    scopes: described(
      'What is judged, and what is wanted of it.',
      v.pipe(listOf(scope), v.minLength(1, 'must name at least one scope')),
    ),
    rules: v.optional(described('Settings of single rules.', ruleSettings(rules)), {}),
    exemptions: v.optional(described('What is left alone, until a day.', listOf(exemption(rules))), []),
    guard: v.optional(described('Limits of what is done automatically.', guard), {}),
    alerts: v.optional(described('What people are told.', alerts), {}),
    tags: v.optional(described('The tags that mark violations.', tags), {}),
    facts: v.optional(described('What AWS states by now, in place of what is built in.', factOverrides(facts)), {}),
  });
}

export type PolicySchema = ReturnType<typeof policySchema>;
export type PolicyDocument = v.InferOutput<PolicySchema>;
