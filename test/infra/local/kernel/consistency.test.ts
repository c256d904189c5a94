import { expect, test } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import { isSettled, noteChange, setConsistency } from '../../../../infra/local/kernel/consistency';
import { createWorld } from '../../../../infra/local/kernel/world';

function aScope() {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const world = createWorld({ clock });
  return { clock, scope: world.scope('111122223333', 'eu-west-2'), other: world.scope('111122223333', 'eu-west-1') };
}

test('a change is settled at once unless consistency is asked for', () => {
  const { scope } = aScope();
  noteChange(scope, 'a');
  expect(isSettled(scope, 'a')).toBe(true);
});

test('a change settles when its time is over, each change anew, and in its scope alone', async () => {
  const { scope, other, clock } = aScope();
  setConsistency(scope, { seconds: 5 });
  noteChange(scope, 'a');
  noteChange(other, 'a');
  expect([isSettled(scope, 'a'), isSettled(scope, 'b'), isSettled(other, 'a')]).toEqual([false, true, true]);
  await clock.advance(3_000);
  noteChange(scope, 'a');
  await clock.advance(4_999);
  expect(isSettled(scope, 'a')).toBe(false);
  await clock.advance(1);
  expect(isSettled(scope, 'a')).toBe(true);
});
