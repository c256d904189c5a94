/** Event buses: for the API of EventBridge and for whoever sets an account up. */
import { MalformedPolicy, parsePolicyDocument } from '../../iam/policy-document';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { validation } from './errors';
import type { Bus } from './state';
import { busNamed, DEFAULT_BUS, eventBridgeState, newBus } from './state';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
const BUS_NAME = /^[.\-_A-Za-z0-9]{1,256}$/;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_BUSES = 100;

export interface NewBus {
  readonly name: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Throws `ValidationException`, `ResourceAlreadyExistsException`, `LimitExceededException`. */
export function createBus(scope: Scope, { name, description, tags = {} }: NewBus): Bus {
  if (!BUS_NAME.test(name)) throw validation(`Event bus name ${name} does not satisfy the pattern [.-_A-Za-z0-9]+.`);
  const { buses } = eventBridgeState(scope);
  if (buses.has(name)) throw new ApiError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
  if (buses.size >= MAX_BUSES) throw new ApiError('LimitExceededException', `There are ${MAX_BUSES} event buses.`);
  const bus = newBus(scope, name);
  bus.description = description;
  for (const [key, value] of Object.entries(tags)) bus.tags.set(key, value);
  buses.set(name, bus);
  return bus;
}

/** Nothing happens if it does not exist. Throws `ValidationException` for the default bus and one that has rules. */
export function deleteBus(scope: Scope, name: string): void {
  if (name === DEFAULT_BUS) throw validation('Cannot delete event bus default.');
  const { buses } = eventBridgeState(scope);
  if ((buses.get(name)?.rules.size ?? 0) > 0) throw validation(`Event bus ${name} still has rules.`);
  buses.delete(name);
}

/** Sets who may put events on the bus; an absent policy leaves that to identity policies. */
export function setBusPolicy(scope: Scope, name: string | undefined, text: string | undefined): void {
  const bus = busNamed(scope, name);
  try {
    bus.policy = text === undefined ? undefined : { text, document: parsePolicyDocument(text) };
  } catch (cause) {
    if (!(cause instanceof MalformedPolicy)) throw cause;
    const error = validation(`Invalid policy: ${cause.message}`);
    error.cause = cause;
    throw error;
  }
}
