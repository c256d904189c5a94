import type { Scope } from '../../kernel/scope';
import type { Disturb } from './state';
import { eventBridgeState } from './state';

/**
 * Lets deliveries of this account suffer what AWS does not promise to avoid: loss, repetition, disorder, failure.
 * `decide` is asked before each try; undefined leaves it alone. Returns how to end it.
 */
export function disturbDeliveries(scope: Scope, decide: Disturb): () => void {
  const { disturbances } = eventBridgeState(scope);
  disturbances.add(decide);
  return () => {
    disturbances.delete(decide);
  };
}
