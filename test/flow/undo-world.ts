/** The controller and a person who takes its removals back, over the SDK, on a site with an orphan of each kind. */
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { lookForRestore } from '../../lib/apply/look-for-restore';
import { undo, type Undone, type UndoOptions } from '../../lib/apply/undo';
import type { LocalAccount } from '../../infra/local/local-account';
import { assembleController } from '../../lib/assemble';
import { createReads } from '../../lib/aws/reads';
import { restorePorts } from '../../lib/aws/restore-ports';
import { writePorts } from '../../lib/aws/write-ports';
import type { MeteredClients } from '../../lib/composition';
import { createCollect } from '../../lib/snapshot/collect';
import type { ItemStore } from '../../lib/state/item-store';
import { createLedger, type LedgerEntry } from '../../lib/state/ledger';
import { createMemoryStore } from '../../lib/state/memory-store';
import { elbOf, instancesIn } from '../infra/local/services/ecs/a-load-balancer';
import type { SiteOptions } from '../infra/local/services/ecs/a-site';
import { aRequest } from '../snapshot/a-collector';
import { place } from '../support/action-builders';
import { MINUTE } from '../support/adjustable-clock';
import { anOrphanedSite } from '../support/an-orphaned-site';
import { aLoadedPolicy } from '../support/policy-builders';
import { workloadClients } from '../support/workload-clients';

export const ANNA = 'arn:aws:iam::111122223333:user/anna';

interface UndoWorldOptions extends SiteOptions {
  /** In memory if absent. */
  readonly open?: (account: LocalAccount, now: () => Date) => Promise<ItemStore>;
}

export async function anUndoWorld({ open, ...siteOptions }: UndoWorldOptions = {}) {
  const site = await anOrphanedSite(siteOptions);
  const clients = workloadClients(site.account);
  const { clock, targetGroupArn, registryArn } = site;
  const now = () => clock.now();
  const store = (await open?.(site.account, now)) ?? createMemoryStore({ now });
  const loaded = aLoadedPolicy({ mode: 'enforce' });
  const load = () => Promise.resolve(loaded);
  const collectWith = (own: MeteredClients) =>
    createCollect({ reads: createReads(own), place: { ...place, partition: 'aws' }, now });
  const collect = collectWith(clients);
  const sleep = (milliseconds: number) => clock.advance(milliseconds);
  const ledger = createLedger({ store, place, now });
  const controller = assembleController({
    ...{ now, sleep, store, collect, meter: clients.meter, writes: writePorts(clients) },
    policy: { load, loadForPart: load, loadFresh: load },
  });
  const told: string[] = [];
  /** What a person has who calls through these clients. */
  const edges = (own: MeteredClients): UndoOptions => ({
    ...{ store, place, now, sleep, ports: restorePorts(own) },
    policyVersion: () => Promise.resolve(loaded.policyVersion),
    look: (action) => lookForRestore(action, { collect: collectWith(own), here: place, loaded }),
    tell: (message) => told.push(message),
  });
  const options = edges(clients);
  /** What a sweep did about removals: kind, status, reason's code. */
  const pass = async () => {
    const settings = { dryRun: false, origin: { requestId: 'invocation-1' } };
    const { report } = await controller.reconcile([aRequest('account', place.account)], settings);
    const removals = report.actions.filter(({ action }) => action.kind.startsWith('deregister'));
    return removals.map(({ action, status, code }) => [action.kind, status, code ?? ''].join(' ').trim()).sort();
  };
  const removal = async (kind: LedgerEntry['action']['kind']): Promise<LedgerEntry> => {
    const entry = (await ledger.list()).find(({ action }) => action.kind === kind);
    if (!entry) throw new Error(`the ledger has no ${kind}`);
    return entry;
  };
  return {
    ...{ ...site, store, ledger, pass, removal, told, options, edges, clients },
    /** The passes that see both orphans, and then remove them. */
    removeBoth: async () => {
      await pass();
      await clock.advance(15 * MINUTE);
      return await pass();
    },
    undo: (id: string, holdHours = 24): Promise<Undone> => undo({ id, requestedBy: ANNA, holdHours }, options),
    /** What is registered: as Elastic Load Balancing and Cloud Map tell it, without health. */
    registrations: async () => {
      const { TargetHealthDescriptions = [] } = await elbOf(site).send(
        new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
      );
      const byText = (left: unknown, right: unknown) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1);
      return {
        targets: TargetHealthDescriptions.map(({ Target }) => Target).sort(byText),
        instances: [...(await instancesIn(site, registryArn))].sort(byText),
      };
    },
  };
}
