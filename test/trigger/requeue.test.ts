import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../lib/apply/outcome';
import { requeue } from '../../lib/trigger/requeue';
import type { Request } from '../../lib/trigger/request';
import { aCloudMapRemoval, aTargetRemoval, place } from '../support/action-builders';
import { REGISTRY_ARN, TARGET_GROUP_ARN } from '../support/builders';
import { aSnapshot } from '../support/snapshot-builder';

const instance = (hops?: number): Request => ({
  kind: 'instance',
  ...place,
  id: 'i-1',
  ...(hops !== undefined && { hops }),
});
const waiting = aSnapshot({ unregisteredInstances: ['i-1'] });
const removed: Outcome = { action: aTargetRemoval(), status: 'applied' };

describe('requeue', () => {
  it('looks at a host that ECS does not know yet 8 times, 30 s doubling to 900 s', () => {
    const delays: number[] = [];
    for (let next: Request | undefined = instance(); next;) {
      const [item] = requeue([next], waiting, []);
      if (item) delays.push(item.delaySeconds);
      next = item?.request;
    }
    expect(delays).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('leaves alone what ECS knows', () => {
    expect(requeue([instance()], aSnapshot(), [])).toEqual([]);
  });

  it('looks again after a removal, once for each group', () => {
    const stray: Outcome = { action: aCloudMapRemoval(), status: 'applied' };
    expect(requeue([], aSnapshot(), [removed, removed, stray])).toEqual([
      { request: { kind: 'target-group', ...place, id: TARGET_GROUP_ARN, hops: 1 }, delaySeconds: 60 },
      { request: { kind: 'cloudmap-service', ...place, id: REGISTRY_ARN, hops: 1 }, delaySeconds: 60 },
    ]);
  });

  it('looks again at what was seen for the first time, and at nothing else that was withheld', () => {
    const withheld = (code: 'first-sighting' | 'exempt'): Outcome => ({ ...removed, status: 'withheld', code });
    expect(requeue([], aSnapshot(), [withheld('first-sighting')])).toMatchObject([{ delaySeconds: 900 }]);
    expect(requeue([], aSnapshot(), [withheld('exempt'), { ...removed, status: 'failed' }])).toEqual([]);
  });

  it('ends a chain of looks', () => {
    expect(requeue([instance(8)], waiting, [removed])).toEqual([]);
  });
});
