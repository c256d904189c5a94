/** Servers of others behind the local account: each is started at its first request. */
import type { Forwarder, ServiceDefinition } from '../kernel/operation';

export interface Forwarders {
  readonly get: (definition: ServiceDefinition) => Promise<Forwarder>;
  stop(): Promise<void>;
}

export function createForwarders(): Forwarders {
  const started = new Map<ServiceDefinition, Promise<Forwarder>>();
  return {
    get(definition) {
      const { forwarding, iamPrefix } = definition;
      if (!forwarding) throw new Error(`${iamPrefix} is not forwarded.`);
      const running = started.get(definition) ?? forwarding.start();
      started.set(definition, running);
      return running;
    },
    async stop() {
      const running = await Promise.allSettled(started.values());
      started.clear();
      const stops = running.flatMap((start) => (start.status === 'fulfilled' ? [start.value.stop()] : []));
      await Promise.all(stops);
    },
  };
}
