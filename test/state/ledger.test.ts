import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerAction } from '../../lib/plan/action';
import { LEASE_MS } from '../../lib/state/group-leases';
import type { ItemStore } from '../../lib/state/item-store';
import { createLedger, type Conclusion, type Ledger } from '../../lib/state/ledger';
import { toRestore } from '../../lib/apply/restore';
import { aCloudMapRemoval, aTargetRemoval, place } from '../support/action-builders';
import { adjustableClock } from '../support/adjustable-clock';
import { stores } from './stores';

const applied: Conclusion = { status: 'applied', reason: 'absent when read back' };
const failed: Conclusion = { status: 'failed', reason: 'still unhealthy when read back' };
const intent = { policyVersion: 'v1', nonce: '1f2e3d4c-0000' };
const restoring = (action: LedgerAction): LedgerAction => toRestore(action) ?? action;

describe.each(Object.entries(stores))('a ledger in %s', (_, open) => {
  let clock: ReturnType<typeof adjustableClock>;
  let store: ItemStore;
  let ledger: Ledger;

  beforeEach(async () => {
    clock = adjustableClock();
    store = await open(clock.now);
    ledger = createLedger({ store, place, now: clock.now });
  });

  it.each([
    aTargetRemoval(),
    aTargetRemoval({ availabilityZone: undefined }),
    aCloudMapRemoval({ from: { AWS_INSTANCE_IPV6: '2001:db8::1', CUSTOM: 'é' } }),
    restoring(aTargetRemoval()),
    restoring(aCloudMapRemoval({ from: { AWS_INSTANCE_IPV6: '2001:db8::1' } })),
  ])('keeps what was intended and what became of it: $kind', async (action) => {
    const origin = { requestedBy: 'anna', requestId: 'r-1' };
    const entry = await ledger.intend({ ...intent, action, origin, undoes: 'x' });
    expect(entry.id).toMatch(/^\d{8}T\d{9}Z-1f2e3d4c$/);
    const stored = JSON.parse(JSON.stringify(action)) as LedgerAction;
    const noted = { id: entry.id, action: stored, policyVersion: 'v1', origin, undoes: 'x' };
    expect(await ledger.find(entry.id)).toMatchObject(noted);
    clock.advance(1000);
    await ledger.conclude(entry, applied);
    const concluded = { ...noted, outcome: { ...applied, at: clock.now().toISOString() } };
    expect(await ledger.find(entry.id)).toEqual({ ...concluded, intendedAt: entry.intendedAt });
    expect(await ledger.list()).toMatchObject([concluded]);
  });

  it('lists the newest first, those without an outcome too', async () => {
    const first = await ledger.intend({ ...intent, action: aTargetRemoval() });
    clock.advance(1);
    const second = await ledger.intend({ ...intent, action: aCloudMapRemoval() });
    await ledger.conclude(first, applied);
    expect((await ledger.list()).map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it('tells of what stands open once nobody can be at it any more', async () => {
    const entry = await ledger.intend({ ...intent, action: aTargetRemoval() });
    clock.advance(LEASE_MS - 1);
    expect(await ledger.unsettled()).toEqual([]);
    clock.advance(1);
    expect(await ledger.unsettled()).toEqual([JSON.parse(JSON.stringify(entry))]);
    await ledger.settle(entry, applied);
    expect(await ledger.unsettled()).toEqual([]);
    expect(await ledger.find(entry.id)).toMatchObject({ outcome: { ...applied, settled: true } });
  });

  it('believes the one who wrote, whoever comes first', async () => {
    const slow = await ledger.intend({ ...intent, action: aTargetRemoval() });
    await ledger.settle(slow, failed);
    await ledger.conclude(slow, applied);
    await ledger.settle(slow, failed);
    expect((await ledger.find(slow.id))?.outcome).toEqual({ ...applied, at: clock.now().toISOString() });
    expect(await ledger.list()).toHaveLength(1);
  });

  it('has one entry for what died between its outcome and the end of its intent', async () => {
    const entry = await ledger.intend({ ...intent, action: aTargetRemoval() });
    const left = (await store.list('intent#111122223333#eu-west-2')).map(({ value }) => value);
    await ledger.conclude(entry, applied);
    for (const value of left) {
      await store.put({ partition: 'intent#111122223333#eu-west-2', key: entry.id, value, expected: undefined });
    }
    expect(await ledger.list()).toMatchObject([{ outcome: applied }]);
    expect(await ledger.find(entry.id)).toMatchObject({ outcome: applied });
    clock.advance(LEASE_MS);
    for (const open of await ledger.unsettled()) await ledger.settle(open, failed);
    expect(await ledger.list()).toMatchObject([{ outcome: applied }]);
    expect(await ledger.unsettled()).toEqual([]);
  });

  it('notes who took a removal back, and refuses what it does not know', async () => {
    const entry = await ledger.intend({ ...intent, action: aTargetRemoval() });
    await ledger.conclude(entry, applied);
    await ledger.noteUndone(entry.id, 'later');
    expect(await ledger.find(entry.id)).toMatchObject({ outcome: applied, undoneBy: 'later' });
    await expect(ledger.noteUndone('nothing', 'later')).rejects.toThrow('the ledger has no entry nothing');
    expect(await ledger.find('nothing')).toBeUndefined();
  });

  it('refuses a second intent with the same id: what can not be noted must not be written', async () => {
    await ledger.intend({ ...intent, action: aTargetRemoval() });
    await expect(ledger.intend({ ...intent, action: aTargetRemoval() })).rejects.toThrow('already');
  });
});
