/**
 * Eventual consistency, on request: those who only look see an account as it was a while ago, while all that changes it
 * acts on what is. AWS says so of EC2 and ECS: https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html,
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
import type { Clock } from './clock';
import { createCopy } from './copy';
import type { Scope } from './scope';
import { pastOf } from './scope';

export interface Consistency {
  /** How long it takes until everyone sees a change, by the account's clock; 0 for at once. */
  readonly seconds: number;
  /** IAM prefixes of the services that are late; all that have late reads if absent. */
  readonly services?: readonly string[];
}

export interface Replica {
  /** From now on, for all accounts and regions. */
  readonly set: (consistency: Consistency) => void;
  /** To be told before anything changes anywhere. */
  readonly noteChange: () => void;
  /** An account and region as those see it who look at this service now. */
  readonly seen: (scope: Scope, service: string) => Scope;
}

/** What was there before changes that came together. */
interface Frame {
  readonly past: Scope;
  readonly firstChange: number;
  lastChange: number;
}

/** Changes that follow each other within this part of the delay come into sight together, with the last of them. */
const TOGETHER = 1 / 20;

/** @param scopes everything that there is */
export function createReplica(clock: Clock, scopes: () => Iterable<Scope>): Replica {
  let delayMs = 0;
  let late: readonly string[] | undefined;
  const framesOf = new Map<Scope, Frame[]>();

  const nowMs = (): number => clock.now().getTime();
  const pastClock: Clock = {
    now: () => new Date(nowMs() - delayMs),
    // Nothing happens in the past any more.
    after: () => () => undefined,
  };

  function remember(scope: Scope): void {
    const frames = (framesOf.get(scope) ?? []).filter(({ lastChange }) => lastChange > nowMs() - delayMs);
    framesOf.set(scope, frames);
    const last = frames.at(-1);
    if (last && nowMs() - last.firstChange < delayMs * TOGETHER) last.lastChange = nowMs();
    else frames.push({ past: pastOf(scope, createCopy(), pastClock), firstChange: nowMs(), lastChange: nowMs() });
  }

  return {
    set({ seconds, services }) {
      delayMs = seconds * 1_000;
      late = services;
      if (delayMs === 0) framesOf.clear();
    },
    noteChange() {
      if (delayMs === 0) return;
      for (const scope of scopes()) remember(scope);
    },
    seen(scope, service) {
      if (late?.includes(service) === false) return scope;
      const frame = framesOf.get(scope)?.find(({ lastChange }) => lastChange > nowMs() - delayMs);
      return frame?.past ?? scope;
    },
  };
}
