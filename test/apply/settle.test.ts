/** A process that died between the intent and the outcome of a write, and the run after it. */
import { describe, expect, it } from '@jest/globals';
import { toRestore } from '../../lib/apply/restore';
import type { LedgerAction } from '../../lib/plan/action';
import { LEASE_MS } from '../../lib/state/group-leases';
import type { Ledger } from '../../lib/state/ledger';
import { aCloudMapRemoval, aTargetRemoval, ORPHAN_KEY, STRAY_KEY } from '../support/action-builders';
import { aRequest } from '../snapshot/a-collector';
import { ACCOUNT } from '../support/builders';
import { aWorld, type WorldOptions } from './a-world';

const sweep = { requests: [aRequest('account', ACCOUNT)] };

/** An intent whose process died, and whether its write had taken effect by then. */
async function aCrash(action: LedgerAction, tookEffect: boolean, options: WorldOptions = {}) {
  const world = aWorld(options);
  if (tookEffect) world.removed.add(action.kind === 'deregister-target' ? ORPHAN_KEY : 'gone');
  const entry = await world.ledger.intend({ action, policyVersion: 'v1', nonce: 'crashed' });
  world.clock.advance(LEASE_MS);
  return { ...world, entry };
}

const outcomes = async (ledger: Ledger) => (await ledger.list()).map(({ outcome }) => outcome?.status);

const removals = { target: aTargetRemoval(), 'Cloud Map instance': aCloudMapRemoval() };

describe.each(Object.entries(removals))('a crash during the removal of a %s', (_, action) => {
  it('after the write: the next sweep finds that it took effect, and tells of it once', async () => {
    const { run, ledger, entry } = await aCrash(action, true);
    expect(await run([], sweep)).toMatchObject([
      { action, status: 'applied', reason: expect.stringContaining('did not end') },
    ]);
    expect(await ledger.find(entry.id)).toMatchObject({ outcome: { status: 'applied', settled: true } });
    expect(await run([], sweep)).toEqual([]);
  });

  it('before the write: it was not done, and is decided anew', async () => {
    const { run, ledger, entry, removed } = await aCrash(action, false);
    expect(await run([action])).toMatchObject([
      { action, status: 'unchanged' },
      { action, status: 'applied' },
    ]);
    expect(await ledger.find(entry.id)).toMatchObject({ outcome: { status: 'failed', settled: true } });
    expect(await outcomes(ledger)).toEqual(['applied', 'failed']);
    expect(removed.size).toBe(1);
  });
});

describe('what stands open', () => {
  it('counts as removed while it drains', async () => {
    const { run } = await aCrash(aTargetRemoval(), true, { after: 'draining' });
    expect(await run([], sweep)).toMatchObject([{ status: 'applied' }]);
  });

  it('is left to who may be at it still', async () => {
    const { run, ledger, removed } = aWorld();
    await ledger.intend({ action: aTargetRemoval(), policyVersion: 'v1', nonce: 'busy' });
    removed.add(ORPHAN_KEY);
    expect(await run([], sweep)).toEqual([]);
    expect(await outcomes(ledger)).toEqual([undefined]);
  });

  it.each([
    ['events that lead to no removal', {}],
    ['a dry run', { ...sweep, settings: { dryRun: true } }],
  ])('is not asked for by %s', async (_, over) => {
    const { run, ledger } = await aCrash(aTargetRemoval(), true);
    expect(await run([], over)).toEqual([]);
    expect(await outcomes(ledger)).toEqual([undefined]);
  });

  it('stays open while it can not be read', async () => {
    let broken = true;
    const describeTarget = () => (broken ? Promise.reject(new Error('throttled')) : Promise.resolve('absent' as const));
    const { run, ledger } = await aCrash(aTargetRemoval(), true, { ports: { describeTarget } });
    expect(await run([], sweep)).toMatchObject([{ status: 'failed', reason: expect.stringContaining('throttled') }]);
    expect(await outcomes(ledger)).toEqual([undefined]);
    broken = false;
    expect(await run([], sweep)).toMatchObject([{ status: 'applied' }]);
  });

  it('of an undo is settled as well, and so is what it took back', async () => {
    const { run, ledger, clock } = aWorld();
    const removal = await ledger.intend({ action: aCloudMapRemoval(), policyVersion: 'v1', nonce: 'removal' });
    await ledger.conclude(removal, { status: 'applied', reason: 'absent when read back' });
    const action = toRestore(removal.action);
    if (!action) throw new Error(`${STRAY_KEY} can not be restored`);
    clock.advance(1);
    const undone = await ledger.intend({ action, policyVersion: 'v1', nonce: 'undo', undoes: removal.id });
    clock.advance(LEASE_MS);
    expect(await run([], sweep)).toEqual([]);
    expect(await ledger.find(undone.id)).toMatchObject({ outcome: { status: 'applied', settled: true } });
    expect(await ledger.find(removal.id)).toMatchObject({ undoneBy: undone.id });
  });
});

describe('a write that is answered with an error', () => {
  const deregisterTarget = () => Promise.reject(new Error('timed out'));

  it('and took effect all the same is applied', async () => {
    const describeTarget = () => Promise.resolve('draining' as const);
    const { run, ledger } = aWorld({ ports: { deregisterTarget, describeTarget } });
    expect(await run([aTargetRemoval()])).toMatchObject([
      { status: 'applied', reason: 'draining when read back, although the write was answered with: timed out' },
    ]);
    expect(await ledger.list()).toMatchObject([{ outcome: { status: 'applied' } }]);
  });

  it('and can not be read back is left to a later run', async () => {
    const describeTarget = () => Promise.reject(new Error('no connection'));
    const { run, ledger } = aWorld({ ports: { deregisterTarget, describeTarget } });
    expect(await run([aTargetRemoval()])).toMatchObject([
      { status: 'failed', reason: expect.stringMatching(/timed out.*no connection/) },
    ]);
    expect(await outcomes(ledger)).toEqual([undefined]);
  });

  it('and may take effect later is left to a later run', async () => {
    const { run, ledger, removed, clock } = aWorld({
      operations: [],
      ports: { deregisterCloudMapInstance: () => Promise.resolve({ operationId: 'slow' }) },
    });
    expect(await run([aCloudMapRemoval()])).toMatchObject([{ status: 'failed' }]);
    expect(await outcomes(ledger)).toEqual([undefined]);
    removed.add('gone');
    clock.advance(LEASE_MS);
    expect(await run([], sweep)).toMatchObject([{ status: 'applied' }]);
    expect(await outcomes(ledger)).toEqual(['applied']);
  });
});
