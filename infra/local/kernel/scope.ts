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
  const states = new WeakMap<Scope, { readonly state: State }>();
  return (scope) => {
    let entry = states.get(scope);
    if (!entry) {
      entry = { state: create(scope) };
      states.set(scope, entry);
    }
    return entry.state;
  };
}

/** `arn(scope, 'ecs', 'cluster/prod')`; the only place in the local account that spells an ARN. */
export function arn(scope: Scope, service: string, resource: string): string {
  return ['arn', scope.partition, service, scope.region, scope.account, resource].join(':');
}
