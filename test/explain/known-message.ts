import type { Things } from './a-message';

export interface KnownMessage {
  readonly mode: string;
  /** Ids of explanations: the first one first, the others anywhere after it. */
  readonly explained: readonly [string, ...string[]];
  readonly message: (things: Things) => string;
}
