import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RegisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import type { RestorePorts } from '../apply/ports';
import type { TagClients } from './tag-writer';
import { cloudMapPorts, targetPorts } from './write-ports';

/** What `undo` writes and reads back. */
export function restorePorts(clients: Pick<TagClients, 'elbv2' | 'serviceDiscovery'>): RestorePorts {
  const { describeTarget } = targetPorts(clients.elbv2);
  const { describeOperation, hasCloudMapInstance } = cloudMapPorts(clients.serviceDiscovery);
  return {
    ...{ describeTarget, describeOperation, hasCloudMapInstance },
    async registerTarget({ targetGroupArn, targetId, port, availabilityZone }) {
      const Targets = [{ Id: targetId, Port: port, AvailabilityZone: availabilityZone }];
      await clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
    },
    async registerCloudMapInstance({ serviceId, instanceId, attributes }) {
      const input = { ServiceId: serviceId, InstanceId: instanceId, Attributes: { ...attributes } };
      const { OperationId } = await clients.serviceDiscovery.send(new RegisterInstanceCommand(input));
      return { operationId: OperationId ?? '' };
    },
  };
}
