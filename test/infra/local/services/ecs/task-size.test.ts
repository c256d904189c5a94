import { describe, expect, it } from '@jest/globals';
import { fitsFargate, taskSize } from '../../../../../infra/local/services/ecs/task-size';

describe('taskSize', () => {
  it.each([
    [
      { cpu: '256', memory: '512' },
      { cpu: 256, memory: 512 },
    ],
    [
      { cpu: '.25 vCPU', memory: '0.5GB' },
      { cpu: 256, memory: 512 },
    ],
    [
      { cpu: '1vcpu', memory: '2 gb' },
      { cpu: 1_024, memory: 2_048 },
    ],
  ])('reads %j', (given, size) => {
    expect(taskSize(given)).toEqual(size);
  });

  it.each(['', '-1', '1.5', 'much'])('refuses %p', (cpu) => {
    expect(() => taskSize({ cpu })).toThrow(/Invalid 'cpu' setting/);
  });
});

describe('fitsFargate', () => {
  it.each([
    [256, 512, true],
    [256, 2_048, true],
    [256, 1_536, false],
    [512, 512, false],
    [1_024, 8_192, true],
    [4_096, 30_720, true],
    [8_192, 17_408, false],
    [16_384, 122_880, true],
    [300, 512, false],
  ])('%i CPU units with %i MiB: %p', (cpu, memory, fits) => {
    expect(fitsFargate(cpu, memory)).toBe(fits);
  });
});
