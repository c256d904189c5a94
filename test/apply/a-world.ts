/** A workload in memory that removals change, behind the ports of `apply`. */
import type { ApplyOptions } from '../../lib/apply/apply';
import { createApply } from '../../lib/apply/apply';
import type { OperationState, WritePorts } from '../../lib/apply/ports';
import type { Look } from '../../lib/apply/removal';
import type { Outcome } from '../../lib/apply/outcome';
import type { Action } from '../../lib/plan/action';
import type { DeregisterGuard, LoadedPolicy } from '../../lib/policy/policy';
import type { Target, TargetState } from '../../lib/snapshot/snapshot';
import type { Decided } from '../../lib/stages';
import type { ItemStore } from '../../lib/state/item-store';
import { createLedger } from '../../lib/state/ledger';
import { createMemoryStore } from '../../lib/state/memory-store';
import {
  aMemory,
  anEvaluation,
  aSighting,
  ORPHAN_ADDRESS,
  ORPHAN_KEY,
  place,
  STRAY_KEY,
} from '../support/action-builders';
import { adjustableClock } from '../support/adjustable-clock';
import {
  aCloudMapInstance,
  aCloudMapService,
  aCluster,
  aService,
  aSubnet,
  aTarget,
  aTargetGroup,
  aTask,
  aTaskDefinition,
  aVpc,
  NOW,
  REGION,
  SERVICE_ARN,
  TARGET_GROUP_ARN,
} from '../support/builders';
import { aPolicy } from '../support/policy-builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

export const orphan = (over: Partial<Target> = {}): Target =>
  aTarget({ targetId: ORPHAN_ADDRESS, state: 'unhealthy', ...over });

/** Healthy targets of the running task and of `count` others, in zone a. */
export const healthy = (count: number, zone = 'a'): readonly Target[] =>
  Array.from({ length: count }, (_, index) =>
    aTarget({ targetId: `2001:db8:0:1:${zone}::${String(index + 1)}`, availabilityZone: `${REGION}${zone}` }),
  );

export interface WorldOptions {
  /** What the last look finds, over what was decided on. */
  readonly contents?: Contents;
  readonly settings?: Partial<DeregisterGuard>;
  /** The policy as read on the last look. */
  readonly policy?: Partial<LoadedPolicy>;
  readonly ports?: Partial<WritePorts>;
  /** State in which a deregistered target is read back. */
  readonly after?: TargetState | 'absent';
  readonly operations?: readonly OperationState[];
  /** What happens before the last look. */
  readonly meanwhile?: () => unknown;
  /** The controller's own writes fail once so many were made. */
  readonly failAfter?: { readonly writes: number; readonly fault: string };
}

/** The orphans `ORPHAN_KEY` and `STRAY_KEY` beside the one task of the service `api`. */
const base: Contents = {
  clusters: [aCluster()],
  services: [aService({ registries: [{ registryArn: aCloudMapService().arn }] })],
  tasks: [aTask()],
  taskDefinitions: [aTaskDefinition()],
  subnets: [aSubnet()],
  vpcs: [aVpc()],
  targetGroups: [aTargetGroup()],
  targets: [aTarget(), orphan()],
  cloudMapServices: [aCloudMapService()],
  cloudMapInstances: [aCloudMapInstance(), aCloudMapInstance({ instanceId: 'gone', ipv6: ORPHAN_ADDRESS })],
  registrars: { primary: new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]) },
};

function loadedPolicy(settings: Partial<DeregisterGuard> = {}): LoadedPolicy {
  const { guard } = aPolicy();
  const policy = aPolicy({ mode: 'enforce', guard: { ...guard, deregister: { ...guard.deregister, ...settings } } });
  return { policy, policyVersion: 'v1', origin: 'parameter', problems: [], warnings: [], enforcementOn: true };
}

/** Ports onto a set of registrations: what is in `removed` is not registered any more. */
function inMemory(removed: Set<string>, options: WorldOptions): WritePorts {
  const operations = [...(options.operations ?? ['succeeded' as const])];
  return {
    deregisterTarget({ targetGroupArn, targetId, port }) {
      removed.add(`${targetGroupArn}#${targetId}:${String(port)}`);
      return Promise.resolve();
    },
    describeTarget: ({ targetGroupArn, targetId, port }) =>
      Promise.resolve(
        removed.has(`${targetGroupArn}#${targetId}:${String(port)}`) ? (options.after ?? 'absent') : 'unhealthy',
      ),
    deregisterCloudMapInstance({ instanceId }) {
      removed.add(instanceId);
      return Promise.resolve({ operationId: 'op-1' });
    },
    describeOperation: () => Promise.resolve(operations.shift() ?? 'running'),
    hasCloudMapInstance: ({ instanceId }) => Promise.resolve(!removed.has(instanceId)),
    enablePrimaryIpv6: () => Promise.resolve(),
    describeInterface: () => Promise.resolve(undefined),
    disableExec: () => Promise.resolve(),
    hasExec: () => Promise.resolve(false),
    tag: () => Promise.resolve(),
    untag: () => Promise.resolve(),
    ...options.ports,
  };
}

function failing(store: ItemStore, { failAfter }: WorldOptions): ItemStore {
  if (!failAfter) return store;
  let writes = 0;
  const put: ItemStore['put'] = (write) =>
    writes++ < failAfter.writes ? store.put(write) : Promise.reject(new Error(failAfter.fault));
  return { ...store, put };
}

export function aWorld(options: WorldOptions = {}) {
  const clock = adjustableClock();
  const store = createMemoryStore({ now: clock.now });
  const removed = new Set<string>();
  const slept: number[] = [];
  const policy = loadedPolicy(options.settings);
  const look = async (): Promise<Look> => {
    await options.meanwhile?.();
    return {
      policy: { ...policy, ...options.policy },
      snapshot: aSnapshot({ ...base, ...options.contents }),
    };
  };
  const settings: ApplyOptions = {
    ...{ store: failing(store, options), now: clock.now },
    ports: inMemory(removed, options),
    sleep(milliseconds) {
      slept.push(milliseconds);
      return Promise.resolve();
    },
    lookAgain: look,
  };
  const pass: Decided = {
    ...{ requests: [], settings: { dryRun: false }, policy, startedAt: NOW },
    snapshot: aSnapshot(base),
    evaluation: anEvaluation([], []),
    memory: aMemory([aSighting(ORPHAN_KEY, 60), aSighting(STRAY_KEY, 60)]),
  };
  const run = (actions: readonly Action[], over: Partial<Decided> = {}): Promise<readonly Outcome[]> =>
    createApply(settings)(actions, { ...pass, ...over });
  const ledger = createLedger({ store, place, now: clock.now });
  return { clock, store, removed, slept, run, ledger };
}
