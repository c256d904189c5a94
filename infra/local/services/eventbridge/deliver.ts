/** Brings an event to a target, again and again if need be: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
import type { Scope } from '../../kernel/scope';
import type { DeliveryFailure } from '../sqs/send-from-service';
import { sendFromService } from '../sqs/send-from-service';
import { callTarget } from './call-target';
import type { Delivery, Disturbance } from './state';
import { eventBridgeState } from './state';
import { targetInput } from './target-input';

const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;
/** AWS says exponential back-off and no figures; 185 tries fill its 24 hours at about eight minutes each. */
const LONGEST_BACKOFF_MS = 480_000;

export interface Courier {
  readonly delivery: Delivery;
  readonly ingestedAt: Date;
  readonly forward: (busArn: string) => DeliveryFailure | undefined;
}

/** Starts the delivery; the caller does not wait for it. */
export function deliver(scope: Scope, courier: Courier): void {
  const disturbance = disturbanceOf(scope, courier.delivery);
  switch (disturbance?.kind) {
    case 'lose':
      return;
    case 'fail':
      retryLater(scope, courier);
      return;
    case 'delay':
      scope.clock.after(disturbance.milliseconds, () => {
        attempt(scope, courier);
      });
      return;
    case 'repeat':
      for (let time = 0; time < disturbance.times; time++) attempt(scope, courier);
      return;
    case undefined:
      attempt(scope, courier);
  }
}

function disturbanceOf(scope: Scope, delivery: Delivery): Disturbance | undefined {
  for (const decide of eventBridgeState(scope).disturbances) {
    const disturbance = decide(delivery);
    if (disturbance) return disturbance;
  }
  return undefined;
}

function attempt(scope: Scope, courier: Courier): void {
  const { delivery, ingestedAt, forward } = courier;
  const { rule, target, event } = delivery;
  const input = inputOf(courier);
  const failure = typeof input === 'string' ? callTarget(scope, { rule, target, input, event, forward }) : input;
  // What the target's owner has to mend is not tried again.
  if (failure) bury(scope, delivery, { failure, ingestedAt });
}

function inputOf({ delivery: { target, event, rule }, ingestedAt }: Courier): string | DeliveryFailure {
  try {
    return targetInput(target, { event, rule, ingestedAt });
  } catch (error) {
    // The template's fault: the event goes where undeliverable ones go, with this reason.
    return { code: 'INVALID_JSON', message: String(error) };
  }
}

function retryLater(scope: Scope, courier: Courier): void {
  const { delivery, ingestedAt } = courier;
  const { target, retries } = delivery;
  const backoffMs = Math.min(1_000 * 2 ** retries, LONGEST_BACKOFF_MS);
  const ageMs = scope.clock.now().getTime() + backoffMs - ingestedAt.getTime();
  const isTooOld = ageMs > (target.maximumEventAgeSeconds ?? DEFAULT_AGE_SECONDS) * 1_000;
  if (isTooOld || retries >= (target.maximumRetryAttempts ?? DEFAULT_RETRIES)) {
    const failure = { code: 'TARGET_UNAVAILABLE', message: `${target.arn} is out of order.` };
    const exhausted = isTooOld ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts';
    bury(scope, delivery, { failure, ingestedAt, exhausted });
    return;
  }
  scope.clock.after(backoffMs, () => {
    deliver(scope, { ...courier, delivery: { ...delivery, retries: retries + 1 } });
  });
}

interface Death {
  readonly failure: DeliveryFailure;
  readonly ingestedAt: Date;
  readonly exhausted?: string;
}

/** To the target's dead-letter queue; without one, or if it does not let EventBridge in, the event is lost. */
function bury(scope: Scope, { rule, target, event, retries }: Delivery, { failure, exhausted }: Death): void {
  if (target.deadLetterArn === undefined) return;
  const text = (value: string) => ({ dataType: 'String', value });
  sendFromService(scope, {
    queueArn: target.deadLetterArn,
    service: 'events.amazonaws.com',
    sourceArn: rule.arn,
    body: JSON.stringify(event),
    attributes: {
      RULE_ARN: text(rule.arn),
      TARGET_ARN: text(target.arn),
      ERROR_CODE: text(failure.code),
      ERROR_MESSAGE: text(failure.message),
      RETRY_ATTEMPTS: { dataType: 'Number', value: String(retries) },
      ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: text(exhausted) }),
    },
  });
}
