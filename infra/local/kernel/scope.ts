/**
 * One account in one region: the unit in which AWS keeps resources apart. Services hang their state on it through
 * `defineStore`, so that a service can be added without any other file knowing of it.
 */
import type { Clock } from './clock';
import type { Ids } from './ids';

export interface Scope {
  readonly account: string;
  readonly region: string;
  /** aws, aws-cn, aws-us-gov ... */
  readonly partition: string;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** A service's state, made on first use and kept for each scope apart. */
export function defineStore<State>(create: (scope: Scope) => State): (scope: Scope) => State {
  const stateOf = keepStates(create);
  return (scope) => stateOf(presents.get(scope) ?? scope);
}

/** State whose past can be looked at: plain objects, lists, maps and sets, in which functions and dates are values. */
export function defineReplicatedStore<State>(create: (scope: Scope) => State): (scope: Scope) => State {
  const stateOf = keepStates(create);
  replicated.push((copy, past, present) => {
    if (stateOf.isMade(present)) stateOf.put(past, copy(stateOf(present)));
  });
  return stateOf;
}

/** Copies values so that what is shared among them is shared among their copies. */
export type Copy = <Value>(value: Value) => Value;

/** The scope with the replicated state of this moment, whatever becomes of it; all other state is that of the present. */
export function pastOf(present: Scope, copy: Copy, clock: Clock): Scope {
  const past = { ...present, clock };
  presents.set(past, present);
  for (const replicate of replicated) replicate(copy, past, present);
  return past;
}

const replicated: ((copy: Copy, past: Scope, present: Scope) => void)[] = [];
/** Of each past. */
const presents = new WeakMap<Scope, Scope>();

function keepStates<State>(create: (scope: Scope) => State) {
  const states = new WeakMap<Scope, { readonly state: State }>();
  const put = (scope: Scope, state: State): void => void states.set(scope, { state });
  const stateOf = (scope: Scope): State => {
    if (!states.has(scope)) put(scope, create(scope));
    const entry = states.get(scope);
    return entry ? entry.state : create(scope);
  };
  return Object.assign(stateOf, { put, isMade: (scope: Scope) => states.has(scope) });
}

/** `arn(scope, 'ecs', 'cluster/prod')`; the only place in the local account that spells an ARN. */
export function arn(scope: Pick<Scope, 'partition' | 'region' | 'account'>, service: string, resource: string): string {
  return ['arn', scope.partition, service, scope.region, scope.account, resource].join(':');
}
