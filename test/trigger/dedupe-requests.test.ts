import { describe, expect, it } from '@jest/globals';
import { dedupeRequests } from '../../lib/trigger/dedupe-requests';
import type { Request } from '../../lib/trigger/request';

const instance: Request = { kind: 'instance', account: '111122223333', region: 'eu-west-2', id: 'i-1' };

describe('dedupeRequests', () => {
  it('keeps each resource once, in order of first mention', () => {
    const other = { ...instance, id: 'i-2' };
    expect(dedupeRequests([other, instance, { ...other }, instance])).toEqual([other, instance]);
  });

  it('tells kinds, accounts, regions and clusters apart', () => {
    const variants: Request[] = [
      instance,
      { ...instance, kind: 'task' },
      { ...instance, account: '444455556666' },
      { ...instance, region: 'eu-west-3' },
      { ...instance, cluster: 'prod' },
    ];
    expect(dedupeRequests(variants)).toEqual(variants);
  });

  it('keeps the least hops, whichever comes first', () => {
    const late = { ...instance, hops: 5 };
    expect(dedupeRequests([late, instance])).toEqual([instance]);
    expect(dedupeRequests([instance, late])).toEqual([instance]);
    expect(dedupeRequests([late, { ...instance, hops: 2 }])).toEqual([{ ...instance, hops: 2 }]);
  });
});
