/** Puts the stages of a pass together from what the edges offer; constructs nothing itself. */
import { createApply } from './apply/apply';
import type { WritePorts } from './apply/ports';
import type { CallMeter } from './aws/call-meter';
import type { Controller } from './controller';
import { lowerMode } from './policy/mode';
import type { PolicyLoader } from './policy/load-policy';
import type { DestructiveAction } from './plan/action';
import { reconcile } from './reconcile';
import type { EventPort } from './report/events';
import { createReport } from './report/report-pass';
import type { Collect } from './snapshot/collect';
import type { Decided, Stages } from './stages';
import type { ItemStore } from './state/item-store';
import { createRecall } from './state/records';
import { holderOf } from './trigger/holder-of';
import type { Requeue } from './trigger/requeue';

export interface Edges {
  readonly collect: Collect;
  readonly policy: PolicyLoader;
  readonly store: ItemStore;
  readonly writes: WritePorts;
  readonly meter: CallMeter;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly events?: EventPort;
  readonly requeue?: (items: readonly Requeue[]) => Promise<void>;
}

export function assembleController(edges: Edges): Pick<Controller, 'reconcile'> {
  const stages = toStages(edges);
  return {
    async reconcile(requests, settings) {
      const result = await reconcile(requests, settings, stages);
      if (!settings.dryRun && result.requeue.length > 0) await edges.requeue?.(result.requeue);
      return result;
    },
  };
}

function toStages(edges: Edges): Stages {
  const { collect, policy, store, writes, meter, now, sleep, events } = edges;
  return {
    now,
    loadPolicy(requests, { dryRun, withSurroundings }) {
      const isForPart = withSurroundings !== true && requests.every(({ kind }) => kind !== 'account');
      return isForPart || dryRun ? policy.loadForPart() : policy.load();
    },
    collect,
    recall: createRecall({ store, now }),
    apply: createApply({
      store,
      now,
      sleep,
      ports: writes,
      lookAgain: (action, pass) => lookAgain(action, pass, edges),
    }),
    report: createReport({ store, now, events, calls: () => meter.take() }),
  };
}

/**
 * Reads what holds the resource, its owner and the policy once more, right before a write. The policy comes last: to read
 * all the rest can take a while, and whoever throws the kill switch meanwhile must be heard. If it is another one, what was
 * read does not matter any more.
 */
async function lookAgain(action: DestructiveAction, pass: Decided, { collect, policy }: Edges) {
  const { account, region } = pass.snapshot;
  const snapshot = await collect([{ ...holderOf(action), account, region }], pass.policy);
  return { snapshot, policy: lowerMode(await policy.loadFresh(), pass.settings.modeCeiling) };
}
