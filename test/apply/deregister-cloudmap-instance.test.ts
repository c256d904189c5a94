import { describe, expect, it } from '@jest/globals';
import { aCloudMapRemoval, ORPHAN_ADDRESS } from '../support/action-builders';
import { aCloudMapInstance, aTask } from '../support/builders';
import { aWorld, type WorldOptions } from './a-world';

const endings: Readonly<Record<string, readonly [WorldOptions, object, number]>> = {
  'ends at once': [{}, { status: 'applied', reason: 'absent when read back' }, 0],
  'takes its time': [{ operations: ['running', 'running', 'succeeded'] }, { status: 'applied' }, 2],
  fails: [{ operations: ['running', { failed: 'boom' }] }, { status: 'failed', reason: 'Cloud Map: boom' }, 1],
  'never ends': [
    { operations: [], ports: { hasCloudMapInstance: () => Promise.resolve(true) } },
    { status: 'failed', reason: 'operation op-1 did not end in time' },
    15,
  ],
  'never ends, and is gone all the same': [
    { operations: [] },
    { status: 'applied', reason: expect.stringContaining('operation op-1 did not end in time') },
    15,
  ],
  'says it succeeded, and it is still there': [
    { ports: { hasCloudMapInstance: () => Promise.resolve(true) } },
    { status: 'failed', reason: 'still there when read back' },
    0,
  ],
  'finds nothing to remove': [
    { ports: { deregisterCloudMapInstance: () => Promise.resolve('absent') } },
    { status: 'unchanged', reason: 'was gone already' },
    0,
  ],
  'finds the owner came': [
    { contents: { tasks: [aTask(), aTask({ id: 'gone', ipv6Addresses: ['2001:db8:0:1::f'] })] } },
    { status: 'unchanged', reason: 'no longer an orphan on the last look' },
    0,
  ],
};

it('is not what was decided on when it was registered with other attributes meanwhile', async () => {
  const attributes = { REGION: 'eu-west-2', owner: 'somebody' };
  const cloudMapInstances = [aCloudMapInstance({ instanceId: 'gone', ipv6: ORPHAN_ADDRESS, attributes })];
  const { run, removed, ledger } = aWorld({ contents: { cloudMapInstances } });
  const reason = 'registered otherwise by the last look';
  expect(await run([aCloudMapRemoval()])).toMatchObject([{ status: 'unchanged', reason }]);
  expect(removed.size).toBe(0);
  // what is decided anew is what undo will restore
  expect(await run([aCloudMapRemoval({ from: attributes })])).toMatchObject([{ status: 'applied' }]);
  expect((await ledger.list()).map(({ action }) => action.from)).toEqual([attributes]);
});

describe('removal of an orphaned Cloud Map instance', () => {
  it.each(Object.entries(endings))('%s', async (_, [options, outcome, waits]) => {
    const { run, slept } = aWorld(options);
    expect(await run([aCloudMapRemoval()])).toMatchObject([outcome]);
    expect(slept).toEqual(Array.from({ length: waits }, () => 2000));
  });
});
