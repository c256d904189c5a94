import { describe, expect, it } from '@jest/globals';
import type { Controller } from '../lib/controller';
import { reconcileMessages } from '../lib/messages';
import type { Request } from '../lib/trigger/request';
import { place } from './support/action-builders';
import { TARGET_GROUP_ARN } from './support/builders';

const settings = { ...place, ownRoleArns: [] };
const request: Request = { kind: 'target-group', ...place, id: TARGET_GROUP_ARN };

function looking() {
  const looked: (readonly Request[])[] = [];
  const controller: Pick<Controller, 'reconcile'> = {
    reconcile(requests) {
      looked.push(requests);
      return Promise.reject(new Error('no state'));
    },
  };
  return { looked, controller };
}

describe('reconcileMessages', () => {
  it('rejects what is no JSON alone, and asks for nothing', async () => {
    const { looked, controller } = looking();
    const { results } = await reconcileMessages(['{', '{}', '"x"', 'null'], settings, controller);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(looked).toEqual([]);
  });

  it('looks once at what many messages name, and at nothing of another place', async () => {
    const { looked, controller } = looking();
    const bodies = [request, request, { ...request, region: 'us-east-1' }].map((one) => JSON.stringify(one));
    // a pass that fails is nobody's poison: every message comes again
    await expect(reconcileMessages([...bodies, '{'], settings, controller)).rejects.toThrow('no state');
    expect(looked).toEqual([[request]]);
  });
});
