/** A world in which an orphan may be removed, to be spoiled by one thing at a time. */
import type { Finding } from '../../lib/evaluate/finding';
import type { GuardInput } from '../../lib/guard/guard';
import type { Action } from '../../lib/plan/action';
import type { DeregisterGuard, Exemption, LoadedPolicy } from '../../lib/policy/policy';
import type { Collection, Service, Target } from '../../lib/snapshot/snapshot';
import type { Memory } from '../../lib/state/memory';
import {
  aFinding,
  aMemory,
  anEvaluation,
  aSighting,
  aTargetRemoval,
  ORPHAN_ADDRESS,
  ORPHAN_KEY,
  STRAY_KEY,
} from '../support/action-builders';
import {
  aCloudMapInstance,
  aCloudMapService,
  aCluster,
  aService,
  aTarget,
  aTargetGroup,
  aVpc,
  NOW,
  REGISTRY_ARN,
  SERVICE_ARN,
  TARGET_GROUP_ARN,
} from '../support/builders';
import { aLoadedPolicy, aPolicy } from '../support/policy-builders';
import { aGap, aSnapshot, type Contents } from '../support/snapshot-builder';

export interface Case {
  readonly actions?: readonly Action[];
  readonly contents?: Contents;
  readonly service?: Partial<Service>;
  readonly target?: Partial<Target>;
  readonly settings?: Partial<DeregisterGuard>;
  readonly exemptions?: readonly Exemption[];
  readonly policy?: Partial<LoadedPolicy>;
  readonly findings?: readonly Finding[];
  readonly memory?: Memory;
  readonly now?: Date;
  readonly dryRun?: boolean;
}

const primary = new Map([[TARGET_GROUP_ARN, [SERVICE_ARN]]]);
export const orphan = (over: Partial<Target> = {}) =>
  aTarget({ targetId: ORPHAN_ADDRESS, state: 'unhealthy', ...over });

/** A world in which the orphan may be removed, changed by what the case is about. */
export function input(one: Case): GuardInput {
  const base = aPolicy();
  const deregister = { ...base.guard.deregister, ...one.settings };
  const exemptions = one.exemptions ?? [];
  return {
    actions: one.actions ?? [aTargetRemoval()],
    evaluation: anEvaluation(one.findings ?? [aFinding()], []),
    snapshot: aSnapshot({
      clusters: [aCluster()],
      services: [aService({ registries: [{ registryArn: REGISTRY_ARN }], ...one.service })],
      targetGroups: [aTargetGroup()],
      targets: [aTarget(), orphan(one.target)],
      vpcs: [aVpc()],
      cloudMapServices: [aCloudMapService()],
      cloudMapInstances: [aCloudMapInstance({ instanceId: 'gone' })],
      registrars: { primary },
      ...one.contents,
    }),
    policy: { ...aLoadedPolicy({ guard: { ...base.guard, deregister }, exemptions }), ...one.policy },
    memory: one.memory ?? aMemory([aSighting(ORPHAN_KEY, 15), aSighting(STRAY_KEY, 15)]),
    settings: { dryRun: one.dryRun ?? false },
    now: one.now ?? NOW,
  };
}

const exemption = (over: Partial<Exemption>): Exemption => ({
  ...{ rule: 'target-orphaned', resource: ORPHAN_KEY, reason: 'known', owner: 'team-x', until: '2026-11-30' },
  ...over,
});
export const exempted = (over: Partial<Exemption>): Case => ({ exemptions: [exemption(over)] });
export const gapIn = (collection: Collection): Case => ({
  contents: { gaps: [aGap({ collection, resources: ['other'] })] },
});
export const registrars = (over: NonNullable<Contents['registrars']>): Case => ({
  contents: { registrars: { primary, ...over } },
});
export const rollout = { id: 'ecs-svc/2', status: 'PRIMARY', rolloutState: 'IN_PROGRESS' } as const;
