/** Findings, judgements and actions about an orphan, for the stages after `evaluate`. */
import type { Finding } from '../../lib/evaluate/finding';
import type { Evaluation, Judgement } from '../../lib/evaluate/judgement';
import type {
  DeregisterCloudMapInstanceAction,
  DeregisterTargetAction,
  DisableExecAction,
  EnablePrimaryIpv6Action,
} from '../../lib/plan/action';
import { findingKey, type Hold, type Memory, type Sighting } from '../../lib/state/memory';
import { ACCOUNT, CLUSTER_ARN, NOW, REGION, REGISTRY_ARN, SERVICE_ARN, TARGET_GROUP_ARN } from './builders';

export const ORPHAN_ADDRESS = '2001:db8:0:1::dead';
export const ORPHAN_KEY = `${TARGET_GROUP_ARN}#${ORPHAN_ADDRESS}:8080`;
export const STRAY_KEY = `${REGISTRY_ARN}#gone`;

export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    rule: 'target-orphaned',
    resource: ORPHAN_KEY,
    kind: 'target',
    severity: 'high',
    status: 'open',
    verify: false,
    message: 'It belongs to no task.',
    desired: { registered: false },
    actual: { registered: true },
    remedy: 'auto',
    fix: ['aws elbv2 deregister-targets'],
    source: { url: 'https://docs.aws.amazon.com/x', checked: '2026-11-21' },
    scope: 'all',
    related: [TARGET_GROUP_ARN],
    ...over,
  };
}

export function aJudgement(over: Partial<Judgement> = {}): Judgement {
  const resource = over.resource ?? ORPHAN_KEY;
  return {
    resource,
    kind: 'target',
    key: resource,
    scope: 'all',
    mode: 'enforce',
    posture: 'ipv6-only',
    status: 'violation',
    unasked: [],
    ...over,
  };
}

export function anEvaluation(findings: readonly Finding[], judgements: readonly Judgement[]): Evaluation {
  return { findings, judgements: new Map(judgements.map((one) => [one.resource, one])) };
}

export function aTargetRemoval(over: Partial<DeregisterTargetAction> = {}): DeregisterTargetAction {
  return {
    kind: 'deregister-target',
    resource: ORPHAN_KEY,
    resourceKind: 'target',
    rules: ['target-orphaned'],
    scope: 'all',
    mode: 'enforce',
    targetGroupArn: TARGET_GROUP_ARN,
    targetId: ORPHAN_ADDRESS,
    port: 8080,
    availabilityZone: `${REGION}a`,
    from: { state: 'unhealthy' },
    to: { state: 'absent' },
    ...over,
  };
}

export function aCloudMapRemoval(
  over: Partial<DeregisterCloudMapInstanceAction> = {},
): DeregisterCloudMapInstanceAction {
  return {
    kind: 'deregister-cloudmap-instance',
    resource: STRAY_KEY,
    resourceKind: 'cloudmap-instance',
    rules: ['cloudmap-instance-orphaned'],
    scope: 'all',
    mode: 'enforce',
    serviceArn: REGISTRY_ARN,
    serviceId: 'srv-api',
    instanceId: 'gone',
    from: { REGION },
    to: { state: 'absent' },
    ...over,
  };
}

export function aHeal(over: Partial<EnablePrimaryIpv6Action> = {}): EnablePrimaryIpv6Action {
  return {
    kind: 'enable-primary-ipv6',
    resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-1`,
    resourceKind: 'instance',
    rules: ['instance-without-primary-ipv6'],
    scope: 'all',
    mode: 'enforce',
    instanceId: 'i-1',
    networkInterfaceId: 'eni-host',
    atSource: 'ask for one',
    from: { primaryIpv6: false },
    to: { primaryIpv6: true },
    ...over,
  };
}

export function anExecChange(over: Partial<DisableExecAction> = {}): DisableExecAction {
  return {
    kind: 'disable-exec',
    resource: SERVICE_ARN,
    resourceKind: 'service',
    rules: ['service-exec-enabled'],
    scope: 'all',
    mode: 'enforce',
    clusterArn: CLUSTER_ARN,
    serviceName: 'api',
    from: { enableExecuteCommand: true },
    to: { enableExecuteCommand: false },
    ...over,
  };
}

export const place = { account: ACCOUNT, region: REGION };

/** What an earlier pass saw, so many minutes before `NOW`; by the rule for orphans of its kind unless named. */
export function aSighting(resource: string, minutes: number, rule = orphanRule(resource)): Sighting {
  const firstSeenAt = new Date(NOW.getTime() - minutes * 60_000).toISOString();
  return { rule, resource, firstSeenAt, lastSeenAt: firstSeenAt };
}

const orphanRule = (resource: string): string =>
  resource.includes(':servicediscovery:') ? 'cloudmap-instance-orphaned' : 'target-orphaned';

export const aHold = (over: Partial<Hold> = {}): Hold => ({
  ...{ resource: ORPHAN_KEY, until: NOW.toISOString(), by: 'anna', undoes: 'x' },
  ...over,
});

export function aMemory(sightings: readonly Sighting[] = [], records: Memory['records'] = new Map()): Memory {
  return {
    records,
    sightings: new Map(sightings.map((one) => [findingKey(one), one])),
    holds: new Map(),
    breakers: new Map(),
  };
}
