/** One healthy IPv6-only service, and what `explain` says of it. */
import { checklist, type Checklist, type ChecklistInput } from '../../lib/explain/checklist';
import type { Subject } from '../../lib/explain/concerns';
import type { Policy } from '../../lib/policy/policy';
import { noNotices, type Notices } from '../../lib/snapshot/notices';
import { imageNotDualStack } from '../../lib/rules/image-not-dual-stack';
import { instanceAgentTooOld } from '../../lib/rules/instance-agent-too-old';
import { serviceTargetGroupNotIpv6 } from '../../lib/rules/service-target-group-not-ipv6';
import { targetOrphaned } from '../../lib/rules/target-orphaned';
import { taskWithIpv4 } from '../../lib/rules/task-with-ipv4';
import { taskWithoutIpv6 } from '../../lib/rules/task-without-ipv6';
import {
  aBridgeTask,
  aCluster,
  aContainerInstance,
  anInstance,
  aService,
  aSubnet,
  aTarget,
  aTargetGroup,
  aTask,
  aTaskDefinition,
  NOW,
} from '../support/builders';
import { aLoadedPolicy } from '../support/policy-builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

export const rules = [
  imageNotDualStack,
  instanceAgentTooOld,
  serviceTargetGroupNotIpv6,
  targetOrphaned,
  taskWithIpv4,
  taskWithoutIpv6,
];

export const service = aService();
export const task = aTask({ serviceName: 'api' });
const target = aTarget();

/** One healthy IPv6-only service on Fargate. */
export const healthy: Contents = {
  clusters: [aCluster()],
  services: [service],
  tasks: [task],
  taskDefinitions: [aTaskDefinition()],
  subnets: [aSubnet({ ipv6Native: true })],
  targetGroups: [aTargetGroup({ ipAddressType: 'ipv6' })],
  targets: [target],
};

/** The same with bridge tasks on one host. */
export const bridge: Contents = {
  ...healthy,
  services: [aService({ launchType: 'EC2', subnetIds: [] })],
  tasks: [aBridgeTask({ serviceName: 'api' })],
  taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })],
  containerInstances: [aContainerInstance()],
  instances: [anInstance()],
  targetGroups: [aTargetGroup({ ipAddressType: 'ipv6', targetType: 'instance' })],
  targets: [],
};

export const ofTask: Subject = { kind: 'task', key: task.arn };
export const ofService: Subject = { kind: 'service', key: service.arn };
export const ofTarget: Subject = { kind: 'target', key: target.key };
export const ofInstance: Subject = { kind: 'instance', key: anInstance().id };

export function listOf(contents: Contents, subject: Subject, policy: Partial<Policy> = {}): Checklist {
  return checklist({ ...inputOf(contents, subject), loaded: aLoadedPolicy(policy) });
}

function inputOf(contents: Contents, subject: Subject): ChecklistInput {
  const snapshot = aSnapshot(contents);
  return { snapshot, loaded: aLoadedPolicy(), rules, now: NOW, subject, notices: noNotices };
}

/** The same, with what ECS says of it. */
export function heardOf(contents: Contents, subject: Subject, notices: Notices): Checklist {
  return checklist({ ...inputOf(contents, subject), notices });
}

export function statusesOf(list: Checklist): Readonly<Record<string, string>> {
  return Object.fromEntries(list.conditions.map(({ id, status }) => [id, status]));
}

export function conditionOf(list: Checklist, id: string) {
  const found = list.conditions.find((one) => one.id === id);
  if (!found) throw new Error(`no condition ${id}`);
  return found;
}

export const statusOf = (contents: Contents, subject: Subject, id: string): string =>
  statusesOf(listOf(contents, subject))[id] ?? '';
