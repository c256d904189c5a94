import type { Finding } from '../evaluate/finding';
import type { Evaluation } from '../evaluate/judgement';
import type { Policy } from '../policy/policy';
import { enteredBy, registeredBy } from '../snapshot/ownership';
import { primaryInterfaceOf } from '../snapshot/primary-interface';
import type { Snapshot, Task } from '../snapshot/snapshot';
import { isRemoval, type Action, type DestructiveAction } from './action';
import { actionKindOf } from './action-kind';
import { atSource } from './at-source';
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
 * Turns findings into writes: tags from mode `tag` on, the rest under `enforce` for rules whose remedy is `auto`.
 * A tag speaks for all rules, so a run of some of them writes none. Tags come first and removals last, so that what is
 * removed is marked by then; inside each, the most severe first.
 */
export const plan: Plan = (input) => {
  const tags = input.isPartial ? [] : planTags(input);
  const changes = planChanges(input);
  return [...tags, ...changes.filter((action) => !isRemoval(action)), ...changes.filter(isRemoval)];
};

function planChanges({ evaluation, snapshot }: PlanInput): readonly DestructiveAction[] {
  return evaluation.findings.flatMap((finding) => {
    const judgement = evaluation.judgements.get(finding.resource);
    if (finding.status !== 'open' || finding.remedy !== 'auto' || judgement?.mode !== 'enforce') return [];
    const kind = actionKindOf(finding.rule, finding.kind);
    const action = kind && makers[kind](snapshot, finding, judgement.key);
    return action ? [action] : [];
  });
}

/** What mends a finding about the resource under that key; nothing if the snapshot does not have what it takes. */
type Maker = (snapshot: Snapshot, finding: Finding, key: string) => DestructiveAction | undefined;

const baseOf = ({ resource, rule, scope }: Finding) => ({ resource, rules: [rule], scope, mode: 'enforce' }) as const;

const ownerIn = (task: Task | undefined) => (task ? { ownedBy: task.arn } : {});

const absent = { state: 'absent' } as const;

const makers: Readonly<Record<DestructiveAction['kind'], Maker>> = {
  'deregister-target'(snapshot, finding, key) {
    const target = snapshot.targets.get(key);
    // without a port AWS would remove the registration on the group's default port: another one
    if (target?.port === undefined) return undefined;
    const { targetGroupArn, targetId, port, availabilityZone, state } = target;
    const named = { targetGroupArn, targetId, port, availabilityZone };
    const base = { resourceKind: 'target', ...baseOf(finding), ...ownerIn(registeredBy(snapshot, target)) } as const;
    return { kind: 'deregister-target', ...base, ...named, from: { state }, to: absent };
  },
  'deregister-cloudmap-instance'(snapshot, finding, key) {
    const instance = snapshot.cloudMapInstances.get(key);
    const service = instance && snapshot.cloudMapServices.get(instance.serviceArn);
    if (!service) return undefined;
    const named = { serviceArn: service.arn, serviceId: service.id, instanceId: instance.instanceId };
    const owner = ownerIn(enteredBy(snapshot, instance));
    const base = { resourceKind: 'cloudmap-instance', ...baseOf(finding), ...owner } as const;
    return { kind: 'deregister-cloudmap-instance', ...base, ...named, from: instance.attributes, to: absent };
  },
  'enable-primary-ipv6'(snapshot, finding, key) {
    const instance = snapshot.instances.get(key);
    const primary = instance && primaryInterfaceOf(instance);
    if (!primary) return undefined;
    const named = { instanceId: instance.id, networkInterfaceId: primary.id, atSource: atSource(snapshot, instance) };
    const change = { from: { primaryIpv6: false }, to: { primaryIpv6: true } } as const;
    return { kind: 'enable-primary-ipv6', resourceKind: 'instance', ...baseOf(finding), ...named, ...change };
  },
  'disable-exec'(snapshot, finding, key) {
    const service = snapshot.services.get(key);
    if (!service) return undefined;
    const named = { clusterArn: service.clusterArn, serviceName: service.name };
    const change = { from: { enableExecuteCommand: true }, to: { enableExecuteCommand: false } } as const;
    return { kind: 'disable-exec', resourceKind: 'service', ...baseOf(finding), ...named, ...change };
  },
};
