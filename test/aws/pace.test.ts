import { describe, expect, it } from '@jest/globals';
import { createPace, type Pace } from '../../lib/aws/pace';
import type { Timer } from '../../lib/aws/token-bucket';
import { aTimer } from '../support/fake-timer';

/** Milliseconds until the last of `count` calls may be made, all asked for at once. */
async function lastOf(count: number, actions: readonly string[], { pace, timer }: { pace: Pace; timer: Timer }) {
  const start = timer.now();
  await Promise.all(Array.from({ length: count }, (_, index) => pace.wait(actions[index % actions.length] ?? '')));
  return timer.now() - start;
}

function aPace(share?: number) {
  const timer = aTimer();
  return { pace: createPace({ timer, share }), timer };
}

describe('createPace', () => {
  it.each([
    // (calls - capacity * share) / (refill * share)
    { action: 'ecs:DescribeTasks', share: 1, calls: 140, takes: 2_000 },
    { action: 'ecs:DescribeTasks', share: 0.5, calls: 70, takes: 2_000 },
    { action: 'ec2:DescribeInstances', share: 0.5, calls: 60, takes: 1_000 },
    { action: 'elasticloadbalancing:DescribeTargetHealth', share: 0.5, calls: 30, takes: 2_000 },
    { action: 'elasticloadbalancing:DescribeTargetHealth', share: 1, calls: 50, takes: 1_000 },
  ])('%j milliseconds', async ({ action, share, calls, takes }) => {
    expect(await lastOf(calls, [action], aPace(share))).toBeCloseTo(takes);
  });

  it('takes half of the account unless told otherwise', async () => {
    expect(await lastOf(30, ['elasticloadbalancing:DescribeTags'], aPace())).toBeCloseTo(2_000);
  });

  it('counts calls that share a bucket together', async () => {
    const calls = ['elasticloadbalancing:DescribeTargetHealth', 'elasticloadbalancing:DescribeTags'];
    expect(await lastOf(30, calls, aPace(0.5))).toBeCloseTo(2_000);
  });

  it('counts each API of EC2 by itself', async () => {
    expect(await lastOf(100, ['ec2:DescribeInstances', 'ec2:DescribeSubnets'], aPace(0.5))).toBe(0);
  });

  it('knows no limit of an action that has none published here', async () => {
    expect(await lastOf(10_000, ['sts:GetCallerIdentity'], aPace(0.5))).toBe(0);
  });

  it('slows down where AWS said no', async () => {
    const slow = aPace(1);
    slow.pace.throttled('ecs:DescribeTasks');
    expect(await lastOf(20, ['ecs:DescribeTasks'], slow)).toBeCloseTo(1_000);
  });
});
