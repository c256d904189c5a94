import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ServiceFacts, TaskFact } from '../../../../../infra/local/services/ecs/service-decision';
import { decide } from '../../../../../infra/local/services/ecs/service-decision';

const PERCENT = { minimumHealthyPercent: 100, maximumPercent: 200 };

/** `N` current and `O` old tasks: upper case is healthy, lower case starts, `!` before it runs unhealthy. */
function tasks(text: string): TaskFact[] {
  return [...text.matchAll(/(!?)([nNoO])/g)].map(([, sick, letter = ''], index) => ({
    id: `${letter}${index}`,
    current: letter.toLowerCase() === 'n',
    running: letter === letter.toUpperCase(),
    healthy: letter === letter.toUpperCase() && sick === '',
  }));
}

describe('decide', () => {
  it.each([
    { name: 'starts all tasks of a new service', desired: 3, now: '', start: 3, stop: [] },
    { name: 'does nothing while they start', desired: 3, now: 'nnn', start: 0, stop: [] },
    { name: 'replaces a task that is gone', desired: 3, now: 'NN', start: 1, stop: [] },
    { name: 'scales up', desired: 4, now: 'NN', start: 2, stop: [] },
    {
      name: 'scales down, starting tasks first, then the newest',
      desired: 1,
      now: 'NnN',
      start: 0,
      stop: ['n1', 'N2'],
    },
    { name: 'scales to nothing', desired: 0, now: 'NNo', start: 0, stop: ['N1', 'N0', 'o2'] },
    { name: 'starts new tasks beside the old ones', desired: 2, now: 'OO', start: 2, stop: [] },
    { name: 'keeps old tasks until new ones are healthy', desired: 2, now: 'OOnn', start: 0, stop: [] },
    { name: 'stops one old task for each healthy new one', desired: 2, now: 'OONn', start: 0, stop: ['O0'] },
    { name: 'does not count a new task that runs unhealthy', desired: 2, now: 'OO!NN', start: 0, stop: ['O0'] },
    { name: 'stops old tasks that serve nobody at once', desired: 2, now: 'oO!O', start: 1, stop: ['o0', 'O2'] },
  ])('$name', ({ desired, now, start, stop }) => {
    const decision = decide({ desired, ...PERCENT, tasks: tasks(now) });
    expect(decision).toEqual({ start, stop, stuck: false });
  });

  it('stops before it starts where there is no room above', () => {
    const percent = { minimumHealthyPercent: 50, maximumPercent: 100 };
    expect(decide({ desired: 4, ...percent, tasks: tasks('OOOO') })).toEqual({
      start: 0,
      stop: ['O0', 'O1'],
      stuck: false,
    });
    expect(decide({ desired: 4, ...percent, tasks: tasks('OO') })).toMatchObject({ start: 2, stop: [] });
  });

  it('says when the percentages leave no way forward', () => {
    const percent = { minimumHealthyPercent: 60, maximumPercent: 150 };
    expect(decide({ desired: 1, ...percent, tasks: tasks('O') })).toEqual({ start: 0, stop: [], stuck: true });
  });

  const facts: fc.Arbitrary<ServiceFacts> = fc
    .record({
      desired: fc.integer({ min: 0, max: 12 }),
      minimumHealthyPercent: fc.integer({ min: 0, max: 100 }),
      extra: fc.integer({ min: 0, max: 100 }),
      now: fc.string({ unit: fc.constantFrom('n', 'N', 'o', 'O', '!N', '!O'), maxLength: 24 }),
    })
    .map(({ extra, now, ...rest }) => ({ ...rest, maximumPercent: 100 + extra, tasks: tasks(now) }));

  it('keeps within both limits, whatever there is', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { start, stop } = decide(given);
        const stopped = given.tasks.filter(({ id }) => stop.includes(id));
        const lower = Math.ceil((given.desired * given.minimumHealthyPercent) / 100);
        const upper = Math.floor((given.desired * given.maximumPercent) / 100);
        const healthy = given.tasks.filter((task) => task.healthy).length;
        const healthyAfter = healthy - stopped.filter((task) => task.healthy).length;
        expect(start).toBeGreaterThanOrEqual(0);
        if (start > 0) expect(given.tasks.length + start).toBeLessThanOrEqual(upper);
        // Surplus of the current deployment may go below; an old task may not.
        if (stopped.some((task) => !task.current && task.healthy)) expect(healthyAfter).toBeGreaterThanOrEqual(lower);
      }),
    );
  });

  it('always arrives at the desired tasks of the current deployment, or says that it is stuck', () => {
    fc.assert(
      fc.property(facts, (given) => {
        let now = given.tasks;
        for (let pass = 0; pass < 60; pass++) {
          const { start, stop, stuck } = decide({ ...given, tasks: now });
          if (stuck) return;
          const left = now.filter(({ id }) => !stop.includes(id));
          const started = Array.from({ length: start }, (_, index) => `p${pass}-${index}`);
          now = [...left, ...started.map((id) => ({ id, current: true, running: true, healthy: true }))];
          // what was starting or sick gets well in the meantime
          now = now.map((task) => ({ ...task, running: true, healthy: true }));
        }
        expect(now.filter(({ current }) => !current)).toEqual([]);
        expect(now).toHaveLength(given.desired);
      }),
    );
  });
});
