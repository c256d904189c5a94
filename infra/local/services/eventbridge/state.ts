/** What EventBridge keeps in one account and region. */
import type { PolicyDocument } from '../../iam/policy-document';
import type { BusEvent } from '../../kernel/events';
import type { Scope } from '../../kernel/scope';
import { arn, defineStore } from '../../kernel/scope';
import { notFound, validation } from './errors';
import type { EventPattern } from './pattern/event-pattern';
import type { Schedule } from './schedule-expression';

export interface InputTransformer {
  /** JSON paths by the name that the template uses. */
  readonly paths: Readonly<Record<string, string>>;
  readonly template: string;
}

export interface RuleTarget {
  readonly id: string;
  /** Of a queue, topic, function or event bus. */
  readonly arn: string;
  readonly roleArn: string | undefined;
  /** What the target gets in place of the event; one of the three at most. */
  readonly input: string | undefined;
  readonly inputPath: string | undefined;
  readonly inputTransformer: InputTransformer | undefined;
  readonly maximumRetryAttempts: number | undefined;
  readonly maximumEventAgeSeconds: number | undefined;
  /** ARN of the queue for what cannot be delivered. */
  readonly deadLetterArn: string | undefined;
}

export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  description: string | undefined;
  roleArn: string | undefined;
  state: RuleState;
  eventPattern: { readonly text: string; readonly pattern: EventPattern } | undefined;
  schedule: { readonly text: string; readonly schedule: Schedule } | undefined;
  /** Stops the timer of a scheduled rule. */
  cancelTimer: () => void;
  readonly targets: Map<string, RuleTarget>;
  readonly tags: Map<string, string>;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  description: string | undefined;
  policy: { readonly text: string; readonly document: PolicyDocument } | undefined;
  readonly rules: Map<string, Rule>;
  readonly tags: Map<string, string>;
}

/** One try to bring an event to a target. */
export interface Delivery {
  readonly event: BusEvent;
  readonly rule: Rule;
  readonly target: RuleTarget;
  /** 0 for the first try. */
  readonly retries: number;
}

/** What a delivery suffers on request: tests and the demo ask for duplicates, disorder, loss and failure. */
export type Disturbance =
  | { readonly kind: 'lose' }
  | { readonly kind: 'repeat'; readonly times: number }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** The target is out of order: EventBridge tries again. */
  | { readonly kind: 'fail' };

export type Disturb = (delivery: Delivery) => Disturbance | undefined;

export interface EventBridgeState {
  readonly buses: Map<string, Bus>;
  readonly disturbances: Set<Disturb>;
  /** Whether the default bus receives the events of the account's services already. */
  isListening: boolean;
}

export const DEFAULT_BUS = 'default';

export function newBus(scope: Scope, name: string): Bus {
  return {
    name,
    arn: arn(scope, 'events', `event-bus/${name}`),
    createdAt: scope.clock.now(),
    description: undefined,
    policy: undefined,
    rules: new Map(),
    tags: new Map(),
  };
}

export const eventBridgeState = defineStore((scope): EventBridgeState => ({
  buses: new Map([[DEFAULT_BUS, newBus(scope, DEFAULT_BUS)]]),
  disturbances: new Set(),
  isListening: false,
}));

/** `name`, or the name in `arn:...:event-bus/name`. */
export function busName(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:.*:event-bus\//, '');
}

/** By name or ARN, the default bus if absent. Throws `ResourceNotFoundException`. */
export function busNamed(scope: Scope, nameOrArn = DEFAULT_BUS): Bus {
  const name = busName(nameOrArn);
  const bus = eventBridgeState(scope).buses.get(name);
  if (!bus) throw notFound(`Event bus ${name} does not exist.`);
  return bus;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const RULE_NAME = /^[.\-_A-Za-z0-9]{1,64}$/;

/** Throws `ValidationException`. */
export function checkRuleName(name: string): void {
  if (!RULE_NAME.test(name)) throw validation(`Rule name ${name} does not satisfy the pattern [.-_A-Za-z0-9]+.`);
}

/** Throws `ValidationException` for what is no name, `ResourceNotFoundException`. */
export function ruleNamed(bus: Bus, name: string): Rule {
  checkRuleName(name);
  const rule = bus.rules.get(name);
  if (!rule) throw notFound(`Rule ${name} does not exist on EventBus ${bus.name}.`);
  return rule;
}
