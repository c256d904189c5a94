/** Which of the things that a rule is about it strikes. */
import { createHash } from 'node:crypto';

export interface Selection {
  /** Only the n-th, counted from 1, or these. */
  readonly nth?: number | readonly number[] | undefined;
  /** From 0 to 1. */
  readonly probability?: number | undefined;
  /** At most so many. */
  readonly times?: number | undefined;
}

/** Numbers from 0 (included) to 1 (excluded); the same seed gives the same ones. */
export function createRandom(seed: string): () => number {
  // mulberry32, whose period of 2^32 is plenty here
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Chance {
  /** Asked once for each thing that the rule is about: whether it is struck. */
  strikes(): boolean;
  readonly struck: () => number;
}

export function createChance({ nth, probability, times }: Selection, random: () => number): Chance {
  const chosen = nth === undefined ? undefined : new Set([nth].flat());
  let seen = 0;
  let struck = 0;
  return {
    strikes() {
      seen += 1;
      if (chosen && !chosen.has(seen)) return false;
      if (probability !== undefined && random() >= probability) return false;
      if (times !== undefined && struck >= times) return false;
      struck += 1;
      return true;
    },
    struck: () => struck,
  };
}
