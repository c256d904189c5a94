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

  const look = (hops?: number): Request => ({ kind: 'target-group', ...place, id: TARGET_GROUP_ARN, hops });
  const stray: Outcome = { action: aCloudMapRemoval(), status: 'applied' };
  const hopsAfter = (requests: readonly Request[], outcomes: readonly Outcome[]) =>
    requeue(requests, waiting, outcomes).map(({ request }) => [request.kind, request.hops]);

  it('looks 8 times in a row at the same group', () => {
    expect(hopsAfter([look(7)], [removed])).toEqual([['target-group', 8]]);
    expect(hopsAfter([look(8)], [removed])).toEqual([]);
  });

  it('counts for each request by itself: the end of one chain ends no other in its batch', () => {
    expect(hopsAfter([instance(8), look(8), look(3)], [removed, stray])).toEqual([
      ['target-group', 4],
      ['cloudmap-service', 1],
    ]);
    expect(hopsAfter([look(8)], [removed, stray])).toEqual([['cloudmap-service', 1]]);
    expect(hopsAfter([instance(8)], [removed])).toEqual([['target-group', 1]]);
    expect(hopsAfter([{ ...look(8), id: `${TARGET_GROUP_ARN}2` }], [removed])).toEqual([['target-group', 1]]);
  });

  it('starts anew when a fresh event asks for the group too', () => {
    expect(hopsAfter([look(8), look()], [removed])).toEqual([['target-group', 1]]);
  });
});
