import type { Finding } from '../evaluate/finding';
import type { Evaluation } from '../evaluate/judgement';
import type { Policy } from '../policy/policy';
import type { Snapshot } from '../snapshot/snapshot';
import type { Action, DestructiveAction } from './action';
import { planTags } from './tags';

export interface PlanInput {
  readonly evaluation: Evaluation;
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly now: Date;
  /** Not all rules ran: what the others say of a resource is not known. */
  readonly isPartial?: boolean;
}

export type Plan = (input: PlanInput) => readonly Action[];

/**
 * Turns findings into writes: tags from mode `tag` on, removals under `enforce` for rules whose remedy is `auto`.
 * A tag speaks for all rules, so a run of some of them writes none. Tags come first and removals last, so that what is removed is marked by then; inside each, the most severe first.
 */
export const plan: Plan = (input) => [...(input.isPartial ? [] : planTags(input)), ...planRemovals(input)];

function planRemovals({ evaluation, snapshot }: PlanInput): readonly DestructiveAction[] {
  return evaluation.findings.flatMap((finding) => {
    const judgement = evaluation.judgements.get(finding.resource);
    if (finding.status !== 'open' || finding.remedy !== 'auto' || judgement?.mode !== 'enforce') return [];
    const action = removal(snapshot, finding, judgement.key);
    return action ? [action] : [];
  });
}

function removal(snapshot: Snapshot, finding: Finding, key: string): DestructiveAction | undefined {
  const base = { resource: finding.resource, rules: [finding.rule], scope: finding.scope, mode: 'enforce' } as const;
  const to = { state: 'absent' } as const;
  if (finding.kind === 'target') {
    const target = snapshot.targets.get(key);
    // without a port AWS would remove the registration on the group's default port: another one
    if (target?.port === undefined) return undefined;
    const { targetGroupArn, targetId, port, availabilityZone, state } = target;
    const named = { targetGroupArn, targetId, port, availabilityZone };
    return { kind: 'deregister-target', resourceKind: 'target', ...base, ...named, from: { state }, to };
  }
  if (finding.kind === 'cloudmap-instance') {
    const instance = snapshot.cloudMapInstances.get(key);
    const service = instance && snapshot.cloudMapServices.get(instance.serviceArn);
    if (!service) return undefined;
    const named = { serviceArn: service.arn, serviceId: service.id, instanceId: instance.instanceId };
    const resourceKind = 'cloudmap-instance';
    return { kind: 'deregister-cloudmap-instance', resourceKind, ...base, ...named, from: instance.attributes, to };
  }
  return undefined;
}
