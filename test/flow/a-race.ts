/**
 * Passes of the controller over the unmodified SDK during which something else happens, right before any one of its calls.
 * What it removes is judged by what its later reads could show: a change that none of them could show is nobody's fault.
 */
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { isReadOnly } from '../../infra/local/protocol/call-log';
import type { Fields } from '../../infra/local/protocol/wire';
import { assembleController } from '../../lib/assemble';
import { parameterPort } from '../../lib/aws/parameters';
import { createReads } from '../../lib/aws/reads';
import { writePorts } from '../../lib/aws/write-ports';
import { createPolicyLoader } from '../../lib/policy/load-policy';
import { parameterSource } from '../../lib/policy/policy-source';
import { rules } from '../../lib/rules/registry';
import { createCollect } from '../../lib/snapshot/collect';
import type { ItemStore } from '../../lib/state/item-store';
import { createMemoryStore } from '../../lib/state/memory-store';
import { everything } from '../snapshot/a-collector';
import { place } from '../support/action-builders';
import { MINUTE } from '../support/adjustable-clock';
import { clientSettings } from '../support/local-account';
import { workloadClients } from '../support/workload-clients';
import type { RaceSite } from './race-sites';

/** What people and services do meanwhile. */
export interface Change {
  readonly name: string;
  readonly happen: (site: RaceSite) => Promise<unknown>;
  /** What it takes until it has its effect; none if absent. */
  readonly seconds?: number;
  /** Calls, as in `Race.calls`, that show it. After one of them, what it is about must not be removed any more. */
  readonly shownBy?: RegExp;
  /** What that is; everything if absent. */
  readonly about?: 'orphan' | 'stray';
  /** It is over by the next pass. */
  readonly isBrief?: boolean;
}

export interface Race {
  /** Operations, with cluster and wanted status where there is one, in order, over all passes. */
  readonly calls: readonly string[];
  /** `orphan`, `stray`, or whatever else was removed. */
  readonly removed: readonly string[];
  /** What must not be. */
  readonly wrong: readonly string[];
}

/** The first sees the orphans, the second removes them; what the next do is judged as well. */
const PASSES = 4;
const POLICY = 'version: 1\nmode: enforce\nscopes: [{ name: all, posture: any }]\n';

export const policyOf = (more: string): string => `${POLICY}${more}`;

export const put = ({ ssm }: RaceSite, name: string, Value: string) =>
  ssm.send(new PutParameterCommand({ Name: `/ecs-ipv6/${name}`, Value, Type: 'String', Overwrite: true }));

/** With the policy in Parameter Store. */
export function aController(site: RaceSite, store: ItemStore = createMemoryStore({ now: () => site.clock.now() })) {
  const clients = workloadClients(site.account);
  const now = () => site.clock.now();
  const ssm = new SSMClient(clientSettings(site.account));
  const source = parameterSource(parameterPort(ssm), '/ecs-ipv6');
  return assembleController({
    ...{ now, store, meter: clients.meter, writes: writePorts(clients) },
    collect: createCollect({ reads: createReads(clients), place: { ...place, partition: 'aws' }, now }),
    policy: createPolicyLoader({ source, store, rules }),
    sleep: (milliseconds) => site.clock.advance(milliseconds),
  });
}

const lastOf = (value: unknown): string =>
  typeof value === 'string' ? ` ${value.slice(value.lastIndexOf('/') + 1)}` : '';

const nameOf = (operation: string, { cluster, desiredStatus }: Fields): string =>
  `${operation}${lastOf(cluster)}${lastOf(desiredStatus)}`;

/** @param at index of the call right before which it happens; never if absent */
export async function race(site: RaceSite, change?: Change, at?: number): Promise<Race> {
  await put(site, 'policy', POLICY);
  await put(site, 'enforcement', 'on');
  const controller = aController(site);
  const calls: string[] = [];
  const removed: string[] = [];
  const wrong: string[] = [];
  let isRunning = false;
  let hasBegun = false;
  /** Index of the first call that was made after it. */
  let since: number | undefined;
  /** First call of the pass. */
  let began = 0;
  site.account.interceptors.push(async ({ operation }, fields) => {
    const isRemoval = operation === 'DeregisterTargets' || operation === 'DeregisterInstance';
    if (!isRunning || !(isReadOnly(operation) || isRemoval)) return;
    if (calls.length === at && !hasBegun && change) {
      hasBegun = true;
      await change.happen(site);
      await site.clock.advance((change.seconds ?? 0) * 1_000);
      // calls at the same time have read meanwhile what was there before
      since = calls.length;
    }
    if (isRemoval) note(site.nameOf(fields));
    calls.push(nameOf(operation, fields));
  });

  /** What showed, since it happened, that this must not be removed. */
  function shown(name: string): string | undefined {
    if (since === undefined || !change?.shownBy || (change.isBrief && since < began)) return undefined;
    const { shownBy, about = name } = change;
    return about === name ? calls.slice(since).find((call) => shownBy.test(call)) : undefined;
  }

  function note(name: string): void {
    removed.push(name);
    if (name !== 'orphan' && name !== 'stray') wrong.push(`${name} was removed`);
    const sign = shown(name);
    if (sign !== undefined) wrong.push(`${name} was removed after ${sign} had shown it`);
  }

  for (let pass = 0; pass < PASSES; pass++) {
    isRunning = true;
    began = calls.length;
    await controller.reconcile([everything], { dryRun: false });
    isRunning = false;
    await site.clock.advance(15 * MINUTE);
  }
  return { calls, removed, wrong: [...wrong, ...(await site.missing())] };
}
