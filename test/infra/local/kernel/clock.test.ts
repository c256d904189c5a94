import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';

const start = new Date('2026-11-21T00:00:00Z');

describe('SimulatedClock that is advanced', () => {
  it('runs what falls due in order of time, then of arrival, each at its own time', async () => {
    const clock = new SimulatedClock({ start, running: false });
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(`${name}@${clock.now().getTime() - start.getTime()}`);
    clock.after(20, note('late'));
    clock.after(10, note('first'));
    clock.after(10, note('second'));
    clock.after(30, note('too late'));

    await clock.advance(20);

    expect(seen).toEqual(['first@10', 'second@10', 'late@20']);
    expect(clock.now()).toEqual(new Date(start.getTime() + 20));
  });

  it('runs what a task adds within the time that passes', async () => {
    const clock = new SimulatedClock({ start, running: false });
    const seen: number[] = [];
    clock.after(5, () => void clock.after(5, () => void seen.push(clock.now().getTime() - start.getTime())));
    await clock.advance(10);
    expect(seen).toEqual([10]);
  });

  it('never runs what was cancelled or stopped', async () => {
    const clock = new SimulatedClock({ start, running: false });
    const seen: string[] = [];
    const cancel = clock.after(1, () => void seen.push('cancelled'));
    cancel();
    await clock.advance(1);
    clock.after(1, () => void seen.push('stopped'));
    clock.stop();
    await clock.advance(1);
    expect(seen).toEqual([]);
  });

  it('runs 100,000 timers without a scan for each', async () => {
    const clock = new SimulatedClock({ start, running: false });
    let fired = 0;
    for (let i = 0; i < 100_000; i++)
      clock.after((i * 7919) % 60_000, () => {
        fired += 1;
      });
    await clock.advance(60_000);
    expect(fired).toBe(100_000);
  }, 20_000);
});

describe('SimulatedClock that runs', () => {
  it('fires on its own, earliest first even when set last', async () => {
    const clock = new SimulatedClock({ running: true });
    const seen = await new Promise<string[]>((resolve) => {
      const names: string[] = [];
      clock.after(30, () => {
        names.push('b');
        resolve(names);
      });
      clock.after(5, () => void names.push('a'));
      // the clock's own timers do not keep a process alive
      const keep = setInterval(() => undefined, 10);
      clock.after(40, () => clearInterval(keep));
    });
    expect(seen).toEqual(['a', 'b']);
    await clock.advance(1_000);
    clock.stop();
  });
});

describe('a clock that is sped up', () => {
  it('starts where it is told, flows so much faster, and fires its timers by then', async () => {
    const start = new Date('2030-01-01T00:00:00Z');
    const clock = new SimulatedClock({ running: true, start, speed: 1_000 });
    const fired = await new Promise<Date>((resolve) => {
      clock.after(60_000, () => {
        resolve(clock.now());
      });
    });
    clock.stop();
    expect(fired.getTime() - start.getTime()).toBeGreaterThanOrEqual(60_000);
    expect(clock.reading()).toMatchObject({ speed: 1_000 });
  });

  it('tells of jumps, until nobody listens', async () => {
    const clock = new SimulatedClock({ running: false, start: new Date(0) });
    let jumps = 0;
    const end = clock.onJump(() => (jumps += 1));
    await clock.advance(1_000);
    await clock.advance(0);
    end();
    await clock.advance(1_000);
    expect(jumps).toBe(1);
    expect(clock.reading()).toEqual({ now: 2_000, speed: 0 });
  });

  it.each([0, -1, Number.NaN])('refuses the speed %d', (speed) => {
    expect(() => new SimulatedClock({ running: true, speed })).toThrow(/speed must be above 0/);
  });
});
