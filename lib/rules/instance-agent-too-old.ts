import { minimumAgent } from '../facts/minimum-agent';
import type { ContainerInstance, Instance, Snapshot } from '../snapshot/snapshot';
import { clusterNameOf } from '../snapshot/usage';
import { defineRule } from './define-rule';
import { newestImage } from './fix/host-image';
import { awsCommand } from './fix/shell';
import { inService } from './host/in-service';
import { isOlder } from './host/version';

const call = 'ecs:DescribeContainerInstances';

/** An agent that can still reach an IPv4 endpoint updates itself; otherwise the instance has to be replaced. */
function fixFor(snapshot: Snapshot, host: ContainerInstance, instance: Instance | undefined): readonly string[] {
  if (instance?.interfaces.some(({ ipv4Addresses }) => ipv4Addresses.length > 0)) {
    const cluster = clusterNameOf(host.clusterArn);
    const named = ['--cluster', cluster, '--container-instance', host.arn];
    return [awsCommand(snapshot.region, 'ecs', 'update-container-agent', ...named)];
  }
  return [newestImage(snapshot, host.attributes['ecs.cpu-architecture'])];
}

/** ECS supports IPv6-only on EC2 from one version of its agent on. */
export const instanceAgentTooOld = defineRule({
  meta: {
    id: 'instance-agent-too-old',
    title: 'Container agent is older than IPv6-only needs',
    kind: 'container-instance',
    severity: 'high',
    remedy: 'suggest',
    source: { url: minimumAgent.url, checked: minimumAgent.checked },
    facts: [minimumAgent],
    reads: ['ecs:ListContainerInstances', call, 'ec2:DescribeInstances'],
    messages: { old: '{{id}} runs container agent {{version}}; IPv6-only needs {{minimum}} or newer.' },
  },
  defaults: {},
  check({ resource: host, snapshot, fact }) {
    if (!inService(host)) return [];
    const { agentVersion: version, ec2InstanceId: id = '' } = host;
    const minimum = fact(minimumAgent);
    if (version === undefined)
      return [{ gap: { call, reason: 'registering', message: `${id} has not named its agent` } }];
    const tooOld = isOlder(version, minimum);
    if (tooOld === undefined)
      return [{ gap: { call, reason: 'unreadable version', message: `${id} names ${version}` } }];
    if (!tooOld) return [];
    const instance = snapshot.instances.get(id);
    const values = { id, version, minimum };
    const desired = { minimumAgentVersion: minimum };
    return [
      {
        messageId: 'old',
        values,
        desired,
        actual: { agentVersion: version },
        related: instance ? [instance.arn] : [],
        fix: fixFor(snapshot, host, instance),
      },
    ];
  },
});
