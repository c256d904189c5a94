/** Events that AWS services put on the default bus of their account and region. */
import type { Scope } from './scope';
import { defineStore } from './scope';

export interface ServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The envelope as EventBridge delivers it: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

type Listener = (event: BusEvent) => void;

const listeners = defineStore(() => new Set<Listener>());

/** Puts a service's event on the default bus. Delivery is the listeners' business; publishing never fails. */
export function publish(scope: Scope, event: ServiceEvent): void {
  const envelope: BusEvent = {
    version: '0',
    id: scope.ids.uuid(),
    'detail-type': event.detailType,
    source: event.source,
    account: scope.account,
    // AWS gives whole seconds here
    time: scope.clock
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    region: scope.region,
    resources: event.resources,
    detail: event.detail,
  };
  for (const listener of listeners(scope)) listener(envelope);
}

export function subscribe(scope: Scope, listener: Listener): () => void {
  listeners(scope).add(listener);
  return () => {
    listeners(scope).delete(listener);
  };
}
