/** Rules: for the API of EventBridge and for whoever sets an account up. */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { invalidPattern, validation } from './errors';
import { listenToServices } from './dispatch';
import { parseEventPattern } from './pattern/event-pattern';
import { InvalidPattern } from './pattern/invalid-pattern';
import { parseSchedule } from './schedule-expression';
import { armSchedule } from './scheduled-events';
import type { Bus, Rule, RuleState } from './state';
import { busNamed, checkRuleName, DEFAULT_BUS } from './state';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_RULES = 300;
const MAX_PATTERN_LENGTH = 2_048;

const RULE_STATES: ReadonlySet<string> = new Set<RuleState>([
  'ENABLED',
  'DISABLED',
  'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
]);

export interface RuleDefinition {
  readonly name: string;
  /** Name or ARN; the default bus if absent. */
  readonly busName?: string;
  /** JSON. A rule has a pattern, a schedule, or both. */
  readonly eventPattern?: string;
  readonly scheduleExpression?: string;
  readonly state?: RuleState;
  readonly description?: string;
  readonly roleArn?: string;
  /** Of a new rule; an existing one keeps its own. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Makes a rule or replaces all of its settings; its targets stay. Throws `ValidationException`,
 * `InvalidEventPatternException`, `ResourceNotFoundException`, `LimitExceededException`.
 */
export function putRule(scope: Scope, definition: RuleDefinition): Rule {
  const { name, state = 'ENABLED', tags = {} } = definition;
  checkRuleName(name);
  if (!RULE_STATES.has(state)) throw validation(`Rule state ${state} must be one of ${[...RULE_STATES].join(', ')}.`);
  const bus = busNamed(scope, definition.busName);
  const eventPattern = readPattern(definition.eventPattern);
  const schedule = readSchedule(bus, definition.scheduleExpression);
  if (!eventPattern && !schedule) {
    throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  const rule = bus.rules.get(name) ?? addRule(scope, bus, { name, tags });
  Object.assign(rule, {
    eventPattern,
    schedule,
    state,
    description: definition.description,
    roleArn: definition.roleArn,
  });
  listenToServices(scope);
  armSchedule(scope, rule);
  return rule;
}

interface RuleIdentity {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

function addRule(scope: Scope, bus: Bus, { name, tags }: RuleIdentity): Rule {
  if (bus.rules.size >= MAX_RULES) {
    throw new ApiError('LimitExceededException', `The event bus ${bus.name} has ${MAX_RULES} rules.`);
  }
  const path = bus.name === DEFAULT_BUS ? name : `${bus.name}/${name}`;
  const rule: Rule = {
    name,
    arn: arn(scope, 'events', `rule/${path}`),
    busName: bus.name,
    description: undefined,
    roleArn: undefined,
    state: 'ENABLED',
    eventPattern: undefined,
    schedule: undefined,
    cancelTimer: () => undefined,
    targets: new Map(),
    tags: new Map(Object.entries(tags)),
  };
  bus.rules.set(name, rule);
  return rule;
}

/** Throws `InvalidEventPatternException`. */
export function readPattern(text: string | undefined): Rule['eventPattern'] {
  if (text === undefined) return undefined;
  if (text.length > MAX_PATTERN_LENGTH) {
    throw invalidPattern(`the pattern is longer than ${MAX_PATTERN_LENGTH} characters`, undefined);
  }
  try {
    return { text, pattern: parseEventPattern(text) };
  } catch (cause) {
    if (cause instanceof InvalidPattern) throw invalidPattern(cause.message, cause);
    throw cause;
  }
}

function readSchedule(bus: Bus, text: string | undefined): Rule['schedule'] {
  if (text === undefined || text === '') return undefined;
  if (bus.name !== DEFAULT_BUS) throw validation('ScheduleExpression is supported only on the default event bus.');
  const schedule = parseSchedule(text);
  if (!schedule) throw validation('Parameter ScheduleExpression is not valid.');
  return { text, schedule };
}

export function setRuleState(scope: Scope, rule: Rule, state: RuleState): void {
  rule.state = state;
  armSchedule(scope, rule);
}

/** Nothing happens if it does not exist. Throws `ValidationException` while it has targets. */
export function deleteRule(bus: Bus, name: string): void {
  const rule = bus.rules.get(name);
  if (!rule) return;
  if (rule.targets.size > 0) throw validation("Rule can't be deleted since it has targets.");
  rule.cancelTimer();
  bus.rules.delete(name);
}
