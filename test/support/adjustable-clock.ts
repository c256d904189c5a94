import { NOW } from './builders';

/** A clock that stands at `NOW` until it is told otherwise. */
export function adjustableClock() {
  let at = NOW.getTime();
  return {
    now: () => new Date(at),
    advance: (milliseconds: number) => {
      at += milliseconds;
    },
  };
}

export const MINUTE = 60_000;
