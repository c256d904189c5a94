/** Servers of others behind the local account: each is started at its first request. */
import type { Forwarder, ServiceDefinition } from '../kernel/operation';
import { NoAnswer } from './no-answer';

export interface Forwarders {
  /** @throws NoAnswer once they are stopped: whoever asked has been cut off. */
  readonly get: (definition: ServiceDefinition) => Promise<Forwarder>;
  /** Lets them end what they have begun: a server that is closed meanwhile would fail, and be heard. */
  stop(): Promise<void>;
}

/** Keeps in `begun` what it has not answered yet. */
function watched(forwarder: Forwarder, begun: Set<Promise<unknown>>): Forwarder {
  return {
    ...forwarder,
    send(...request) {
      const answer = forwarder.send(...request);
      const end = (): void => void begun.delete(answer);
      begun.add(answer);
      void answer.then(end, end);
      return answer;
    },
  };
}

export function createForwarders(): Forwarders {
  const started = new Map<ServiceDefinition, Promise<Forwarder>>();
  const begun = new Set<Promise<unknown>>();
  let isStopped = false;
  return {
    async get(definition) {
      const { forwarding, iamPrefix } = definition;
      if (!forwarding) throw new Error(`${iamPrefix} is not forwarded.`);
      if (isStopped) throw new NoAnswer('reset');
      const running = started.get(definition) ?? forwarding.start();
      started.set(definition, running);
      return watched(await running, begun);
    },
    async stop() {
      isStopped = true;
      const running = await Promise.allSettled(started.values());
      await Promise.allSettled(begun);
      const stops = running.flatMap((start) => (start.status === 'fulfilled' ? [start.value.stop()] : []));
      await Promise.all(stops);
    },
  };
}
