import type { Timer } from '../../lib/aws/token-bucket';

/** Time that passes only while someone sleeps; sleepers wake in order of their times. */
export function aTimer(): Timer {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    // everyone who is about to sleep gets to it first
    await new Promise((resolve) => setImmediate(resolve));
    for (let next = earliest(); next; next = earliest()) {
      now = next.at;
      next.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    running = false;
  }

  function earliest() {
    sleepers.sort((left, right) => left.at - right.at);
    return sleepers.shift();
  }

  return {
    now: () => now,
    sleep(milliseconds) {
      return new Promise((resolve) => {
        sleepers.push({ at: now + milliseconds, wake: resolve });
        if (!running) void run();
      });
    },
  };
}
