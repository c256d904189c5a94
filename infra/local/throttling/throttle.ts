/** Refuses what comes faster than AWS would take it, by token buckets on the account's clock. */
import type { Call } from '../kernel/operation';
import type { Fields } from '../protocol/wire';
import type { RateGroup } from './rate-groups';
import { rateLayers } from './rate-groups';
import { throttlingError } from './throttling-error';
import type { ThrottlingMode } from './throttling-modes';
import type { TokenBucket } from './token-bucket';
import { createTokenBucket } from './token-bucket';

export interface Throttle {
  /** Buckets are full when throttling begins. */
  readonly set: (mode: ThrottlingMode) => void;
  /** @param service IAM prefix. Throws the service's throttling error; a refused call takes no token. */
  readonly admit: (service: string, call: Call, input: Fields) => void;
}

export function createThrottle(initial: ThrottlingMode): Throttle {
  let mode = initial;
  const buckets = new Map<string, TokenBucket>();

  function bucketOf(group: RateGroup, service: string, { scope, operation }: Call): TokenBucket {
    const key = [scope.account, scope.region, service, group.name, group.each ? operation : ''].join('/');
    const known = buckets.get(key);
    if (known) return known;
    const rate = typeof group.rate === 'function' ? group.rate(scope.region) : group.rate;
    const bucket = createTokenBucket(rate, scope.clock.now());
    buckets.set(key, bucket);
    return bucket;
  }

  return {
    set(next) {
      mode = next;
      buckets.clear();
    },
    admit(service, call, input) {
      if (mode === 'off') return;
      const now = call.scope.clock.now();
      const costs = groupsOf(service, call.operation, input).map((group) => ({
        bucket: bucketOf(group, service, call),
        tokens: group.cost?.(input) ?? 1,
      }));
      if (costs.some(({ bucket, tokens }) => !bucket.holds(tokens, now))) throw throttlingError(service);
      for (const { bucket, tokens } of costs) bucket.take(tokens);
    },
  };
}

function groupsOf(service: string, operation: string, input: Fields): readonly RateGroup[] {
  const holds = ({ operations, when }: RateGroup): boolean => operations.test(operation) && (!when || when(input));
  return (rateLayers[service] ?? []).flatMap((layer) => layer.find(holds) ?? []);
}
