/** From a bus to the targets of the rules that match. */
import type { BusEvent } from '../../kernel/events';
import { subscribe } from '../../kernel/events';
import type { Scope } from '../../kernel/scope';
import type { DeliveryFailure } from '../sqs/send-from-service';
import { deliver } from './deliver';
import { fieldsOf } from './pattern/event-fields';
import { matchesFields } from './pattern/matches-pattern';
import type { Bus, Rule } from './state';
import { busName, busNamed, eventBridgeState } from './state';

/** An event goes from bus to bus once: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html */
const MAX_HOPS = 1;

/** From now on the default bus receives what the services of this account publish. */
export function listenToServices(scope: Scope): void {
  const state = eventBridgeState(scope);
  if (state.isListening) return;
  state.isListening = true;
  subscribe(scope, (event) => {
    putOnBus(scope, busNamed(scope), { event, hops: 0 });
  });
}

export interface Arrival {
  readonly event: BusEvent;
  /** How many buses it has come from. */
  readonly hops: number;
}

/** Matches the event with the rules as they are now; deliveries start when this has returned. */
export function putOnBus(scope: Scope, bus: Bus, arrival: Arrival): void {
  const fields = fieldsOf(arrival.event);
  for (const rule of bus.rules.values()) {
    if (rule.state === 'DISABLED' || !rule.eventPattern) continue;
    if (matchesFields(rule.eventPattern.pattern, fields)) startDeliveries(scope, rule, arrival);
  }
}

/** Sends the event to every target of the rule. */
export function startDeliveries(scope: Scope, rule: Rule, { event, hops }: Arrival): void {
  const ingestedAt = scope.clock.now();
  const forward = (busArn: string): DeliveryFailure | undefined => forwardTo(scope, busArn, { event, hops });
  for (const target of rule.targets.values()) {
    scope.clock.after(0, () => {
      deliver(scope, { delivery: { event, rule, target, retries: 0 }, ingestedAt, forward });
    });
  }
}

function forwardTo(scope: Scope, busArn: string, { event, hops }: Arrival): DeliveryFailure | undefined {
  const bus = eventBridgeState(scope).buses.get(busName(busArn));
  if (bus?.arn !== busArn) return { code: 'RESOURCE_NOT_FOUND', message: `Event bus ${busArn} does not exist.` };
  if (hops < MAX_HOPS) putOnBus(scope, bus, { event, hops: hops + 1 });
  return undefined;
}
