/** The controller as it is deployed: a queue of events, a sweep on a schedule, one function for each, one state store. */
import { subscribe } from '../../../infra/local/kernel/events';
import type { CallRecord } from '../../../infra/local/protocol/call-log';
import { assembleController, type Edges } from '../../../lib/assemble';
import { eventBusPort } from '../../../lib/aws/event-bus';
import { parameterPort } from '../../../lib/aws/parameters';
import { reconcileMessages } from '../../../lib/messages';
import { createPolicyLoader } from '../../../lib/policy/load-policy';
import { parameterSource } from '../../../lib/policy/policy-source';
import type { Report } from '../../../lib/report/report';
import { rules } from '../../../lib/rules/registry';
import { createCollect } from '../../../lib/snapshot/collect';
import type { ItemStore } from '../../../lib/state/item-store';
import type { Controller } from '../../../lib/controller';
import { accountRequest } from '../../../lib/trigger/schedule';
import { isController, ROLE, type ControllerClients } from './controller-clients';
import type { IsWanted } from './event-patterns';
import type { Opening } from './opening';
import type { Plant } from './plants';
import type { Queue } from './queue';

export interface DeploymentOptions {
  readonly opening: Opening;
  readonly clients: ControllerClients;
  readonly isWanted: IsWanted;
  readonly queue: Queue;
  readonly store: ItemStore;
  readonly plant: Plant | undefined;
}

export interface Deployment {
  /** Works off what the queue has; false: nothing. */
  work(twins: boolean): Promise<boolean>;
  /** The last of the reports. Rejects if a function failed. */
  sweep(twins: boolean): Promise<Report>;
  /** Calls of the controller other than reads, so far. */
  writes(): readonly CallRecord[];
}

type Reconciler = Pick<Controller, 'reconcile'>;

export function deploy({ opening, clients, isWanted, queue, store, plant }: DeploymentOptions): Deployment {
  const { account, clock } = opening;
  const place = { account: account.account, region: account.region };
  const now = () => clock.now();
  subscribe(account.scope, (event) => {
    if (isWanted(event)) queue.event(JSON.stringify(event));
  });

  function assemble(surroundings: Partial<ControllerClients['surroundings']>): Reconciler {
    const { reads, ssm, events, writes, meter } = clients;
    const edges: Edges = {
      ...{ store, writes, meter, now, sleep: (milliseconds: number) => clock.advance(milliseconds) },
      collect: createCollect({ reads: { ...reads, ...surroundings }, place: { ...place, partition: 'aws' }, now }),
      policy: createPolicyLoader({ source: parameterSource(parameterPort(ssm), '/ecs-ipv6'), store, rules }),
      events: eventBusPort(events, 'default'),
      requeue: (items) => {
        for (const { request, delaySeconds } of items) queue.send(JSON.stringify(request), delaySeconds);
        return Promise.resolve();
      },
    };
    return assembleController(plant ? plant(edges) : edges);
  }

  // functions of their own, each with what it keeps between invocations
  const forEvents = [assemble({}), assemble({})] as const;
  const forSweeps = [assemble(clients.surroundings), assemble(clients.surroundings)] as const;
  const settings = {
    ...place,
    ownRoleArns: [`arn:aws:iam::${account.account}:role/${ROLE}`],
    parameterPath: '/ecs-ipv6/',
  };
  const some = (functions: readonly [Reconciler, Reconciler], twins: boolean) => functions.slice(0, twins ? 2 : 1);

  return {
    async work(twins) {
      const batch = queue.receive();
      if (!batch) return false;
      const runs = some(forEvents, twins).map((one) => reconcileMessages(batch.bodies, settings, one));
      const ends = await Promise.allSettled(runs);
      if (ends.every(({ status }) => status === 'rejected')) batch.fail();
      return true;
    },
    async sweep(twins) {
      const runs = some(forSweeps, twins).map((one) => one.reconcile([accountRequest(place)], { dryRun: false }));
      const ends = await Promise.allSettled(runs);
      for (const end of ends) if (end.status === 'fulfilled') return end.value.report;
      throw new Error('the sweep failed', { cause: ends });
    },
    writes: () => account.calls.list().filter(({ principalArn, readOnly }) => isController(principalArn) && !readOnly),
  };
}
