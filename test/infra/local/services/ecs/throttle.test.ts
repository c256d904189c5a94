import { describe, expect, it } from '@jest/globals';
import { backOff, newThrottle, relax, waitOf } from '../../../../../infra/local/services/ecs/throttle';

describe('a throttle', () => {
  it('waits twice as long after each failure, up to 27 minutes, and not at all after a success', () => {
    const now = new Date('2026-11-22T10:00:00Z');
    const throttle = newThrottle();
    expect(waitOf(throttle, now)).toBe(0);
    const waits = Array.from({ length: 10 }, () => {
      backOff(throttle, now);
      return waitOf(throttle, now) / 1_000;
    });
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1_280, 1_620, 1_620]);
    expect(waitOf(throttle, new Date(now.getTime() + 1_620_000))).toBe(0);
    relax(throttle);
    expect(waitOf(throttle, now)).toBe(0);
  });
});
