/** What IAM refuses has changed nothing: it costs no budget, and the ledger says why nothing came of it. */
import { expect, it } from '@jest/globals';
import { ApiError } from '../../infra/local/kernel/api-error';
import { createLedger } from '../../lib/state/ledger';
import { createMemoryStore } from '../../lib/state/memory-store';
import { targetsIn } from '../infra/local/services/ecs/a-load-balancer';
import { everything } from '../snapshot/a-collector';
import { place } from '../support/action-builders';
import { MINUTE } from '../support/adjustable-clock';
import { aController, policyOf, put } from './a-race';
import { addressSite } from './race-sites';

const WRITES = new Set(['DeregisterTargets', 'DeregisterInstance']);

it('is tried again as soon as it is granted, by whoever has the right', async () => {
  const site = await addressSite();
  await put(site, 'policy', policyOf('guard: { deregister: { perHour: 2 } }\n'));
  await put(site, 'enforcement', 'on');
  const now = () => site.clock.now();
  const store = createMemoryStore({ now });
  const ledger = createLedger({ store, place, now });
  const controller = aController(site, store);
  const pass = async () => {
    const { report } = await controller.reconcile([everything], { dryRun: false });
    return report.actions.filter(({ action }) => action.kind.startsWith('deregister')).map(({ status }) => status);
  };
  let isGranted = false;
  site.account.interceptors.push(({ operation }) => {
    if (!isGranted && WRITES.has(operation)) throw new ApiError('AccessDeniedException', `no ${operation}`, 403);
  });
  await pass();
  await site.clock.advance(16 * MINUTE);
  expect(await pass()).toEqual(['failed', 'failed']);
  const refusals = await ledger.list();
  expect(refusals.map(({ outcome }) => outcome?.reason).sort()).toEqual([
    'no DeregisterInstance',
    'no DeregisterTargets',
  ]);
  isGranted = true;
  await site.clock.advance(MINUTE);
  expect(await pass()).toEqual(['applied', 'applied']);
  expect((await targetsIn(site, site.targetGroupArn)).find(({ id }) => id === site.targetId)?.state).toBe('draining');
});
