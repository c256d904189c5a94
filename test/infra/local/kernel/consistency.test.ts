import { expect, test } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import type { Scope } from '../../../../infra/local/kernel/scope';
import { defineReplicatedStore, defineStore } from '../../../../infra/local/kernel/scope';
import { createWorld } from '../../../../infra/local/kernel/world';

const late = defineReplicatedStore(() => ({ value: 'first' }));
const prompt = defineStore(() => ({ value: 'first' }));

function aWorld() {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const world = createWorld({ clock });
  const { replica } = world;
  const here = world.scope('111122223333', 'eu-west-2');
  const write = (value: string, at: Scope = here): void => {
    replica.noteChange();
    late(at).value = value;
    prompt(at).value = value;
  };
  const shown = (at: Scope = here, service = 'ec2') => late(replica.seen(at, service)).value;
  return { clock, replica, here, other: world.scope('111122223333', 'eu-west-1'), write, shown };
}

test('everyone sees a change at once unless consistency is asked for', () => {
  const { write, shown } = aWorld();
  write('second');
  expect(shown()).toBe('second');
});

test('each change comes into sight when its own time is over, in every region', async () => {
  const { clock, replica, other, write, shown } = aWorld();
  write('first', other);
  replica.set({ seconds: 5 });
  write('second');
  write('elsewhere', other);
  expect([shown(), shown(other)]).toEqual(['first', 'first']);
  await clock.advance(3_000);
  write('third');
  await clock.advance(1_999);
  expect(shown()).toBe('first');
  await clock.advance(1);
  expect([shown(), shown(other)]).toEqual(['second', 'elsewhere']);
  await clock.advance(2_999);
  expect(shown()).toBe('second');
  await clock.advance(1);
  expect(shown()).toBe('third');
});

test('changes soon after one another come into sight with the last of them, never before their time', async () => {
  const { clock, replica, write, shown } = aWorld();
  write('first');
  replica.set({ seconds: 10 });
  write('second');
  await clock.advance(499);
  write('third');
  await clock.advance(9_999);
  expect(shown()).toBe('first');
  await clock.advance(1);
  expect(shown()).toBe('third');
});

test('what happens by itself is seen late too, and the past has the time of the past', async () => {
  const { clock, replica, here, write, shown } = aWorld();
  write('first');
  replica.set({ seconds: 5 });
  clock.after(2_000, () => void (late(here).value = 'by itself'));
  await clock.advance(6_999);
  expect(shown()).toBe('first');
  expect(replica.seen(here, 'ec2').clock.now()).toEqual(new Date('2026-11-22T10:00:01.999Z'));
  await clock.advance(1);
  expect(shown()).toBe('by itself');
});

test('only the services that are named are late, and only state that is replicated', () => {
  const { replica, here, write, shown } = aWorld();
  write('first');
  replica.set({ seconds: 5, services: ['ecs'] });
  write('second');
  expect([shown(here, 'ec2'), shown(here, 'ecs')]).toEqual(['second', 'first']);
  expect(prompt(replica.seen(here, 'ecs')).value).toBe('second');
});

test('nothing happens in the past, and nothing done to it comes through', async () => {
  const { clock, replica, here, write, shown } = aWorld();
  write('first');
  replica.set({ seconds: 5 });
  write('second');
  const past = replica.seen(here, 'ec2');
  let ran = false;
  past.clock.after(1, () => void (ran = true));
  late(past).value = 'forged';
  await clock.advance(5_000);
  expect([ran, shown(), late(here).value]).toEqual([false, 'second', 'second']);
});

test('a delay of 0 shows at once what was on its way', () => {
  const { replica, write, shown } = aWorld();
  write('first');
  replica.set({ seconds: 5 });
  write('second');
  replica.set({ seconds: 0 });
  expect(shown()).toBe('second');
});
