import { describe, expect, it } from '@jest/globals';
import type { Action } from '../../lib/plan/action';
import { aCloudMapRemoval, aTargetRemoval, ORPHAN_KEY } from '../support/action-builders';
import { SERVICE_ARN, TARGET_GROUP_ARN } from '../support/builders';
import { aWorld } from './a-world';

const tags = (kind: 'tag' | 'untag', resource: string): Action => {
  const base = { resource, resourceKind: 'service', rules: [], scope: 'all', mode: 'tag' } as const;
  return kind === 'tag'
    ? { kind, ...base, from: {}, to: { 'ecs-ipv6:status': 'violation' } }
    : { kind, ...base, from: { 'ecs-ipv6:status': 'violation' }, to: {} };
};

describe('apply', () => {
  it('writes tags and takes them away', async () => {
    const present = new Map<string, unknown>();
    const { run } = aWorld({
      ports: {
        tag: ({ arn }, to) => Promise.resolve(void present.set(arn, to)),
        untag: ({ arn }, keys) => Promise.resolve(void present.set(arn, keys)),
      },
    });
    const actions = [tags('tag', SERVICE_ARN), tags('untag', TARGET_GROUP_ARN)];
    expect((await run(actions)).map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(present.get(SERVICE_ARN)).toEqual({ 'ecs-ipv6:status': 'violation' });
    expect(present.get(TARGET_GROUP_ARN)).toEqual(['ecs-ipv6:status']);
  });

  it('goes on after an action that failed, and answers for each', async () => {
    const { run, removed } = aWorld({
      ports: {
        tag: () => Promise.reject(new Error('no tags for you')),
        deregisterCloudMapInstance: () => Promise.reject(new Error('throttled')),
      },
    });
    const actions = [tags('tag', SERVICE_ARN), aCloudMapRemoval(), aTargetRemoval()];
    expect(await run(actions)).toEqual([
      { action: actions[0], status: 'failed', reason: 'no tags for you' },
      { action: actions[1], status: 'failed', reason: 'throttled' },
      { action: actions[2], status: 'applied', reason: 'absent when read back' },
    ]);
    expect([...removed]).toEqual([ORPHAN_KEY]);
  });

  it('writes nothing for nothing', async () => {
    const { run, store } = aWorld();
    expect(await run([])).toEqual([]);
    expect(store.all()).toEqual([]);
  });
});
