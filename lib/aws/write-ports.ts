import {
  DescribeNetworkInterfacesCommand,
  ModifyNetworkInterfaceAttributeCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeServicesCommand, UpdateServiceCommand, type ECSClient } from '@aws-sdk/client-ecs';
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DeregisterInstanceCommand,
  DuplicateRequest,
  GetInstanceCommand,
  GetOperationCommand,
  InstanceNotFound,
  type ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import type { WritePorts } from '../apply/ports';
import { isCloudMapServiceNotFound, isTargetGroupNotFound, orRefused } from './failure';
import { tagWriter, type TagClients } from './tag-writer';

type InterfacePorts = Pick<WritePorts, 'enablePrimaryIpv6' | 'describeInterface'>;
type ServicePorts = Pick<WritePorts, 'disableExec' | 'hasExec'>;
type TargetPorts = Pick<WritePorts, 'deregisterTarget' | 'describeTarget'>;
type CloudMapPorts = Pick<WritePorts, 'deregisterCloudMapInstance' | 'describeOperation' | 'hasCloudMapInstance'>;

/** The controller's writes, and the reads that check them. */
export function writePorts(clients: TagClients): WritePorts {
  const ports = {
    ...targetPorts(clients.elbv2),
    ...cloudMapPorts(clients.serviceDiscovery),
    ...interfacePorts(clients.ec2),
    ...servicePorts(clients.ecs),
  };
  return {
    ...{ ...ports, ...tagWriter(clients) },
    deregisterTarget: (target) => orRefused(() => ports.deregisterTarget(target)),
    deregisterCloudMapInstance: (instance) => orRefused(() => ports.deregisterCloudMapInstance(instance)),
    enablePrimaryIpv6: (id) => orRefused(() => ports.enablePrimaryIpv6(id)),
    disableExec: (service) => orRefused(() => ports.disableExec(service)),
  };
}

function interfacePorts(client: EC2Client): InterfacePorts {
  return {
    async enablePrimaryIpv6(NetworkInterfaceId) {
      // nothing beside it: the same call changes security groups
      const command = new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, EnablePrimaryIpv6: true });
      await client.send(command);
    },
    async describeInterface(id) {
      // by filter: an interface that is gone is then no error
      const Filters = [{ Name: 'network-interface-id', Values: [id] }];
      const { NetworkInterfaces = [] } = await client.send(new DescribeNetworkInterfacesCommand({ Filters }));
      return NetworkInterfaces.at(0);
    },
  };
}

function servicePorts(client: ECSClient): ServicePorts {
  return {
    async disableExec({ clusterArn: cluster, serviceName: service }) {
      await client.send(new UpdateServiceCommand({ cluster, service, enableExecuteCommand: false }));
    },
    async hasExec({ clusterArn: cluster, serviceName }) {
      const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [serviceName] }));
      return services.some(({ enableExecuteCommand }) => enableExecuteCommand === true);
    },
  };
}

const isGoneFromCloudMap = (error: unknown): boolean =>
  error instanceof InstanceNotFound || isCloudMapServiceNotFound(error);

/** Undefined for what is gone. */
async function whatIsThere<Answer>(
  read: () => Promise<Answer>,
  isGone: (error: unknown) => boolean,
): Promise<Answer | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

export function targetPorts(client: ElasticLoadBalancingV2Client): TargetPorts {
  return {
    async deregisterTarget({ targetGroupArn, targetId, port }) {
      const Targets = [{ Id: targetId, Port: port }];
      await client.send(new DeregisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
    },
    async describeTarget({ targetGroupArn, targetId, port }) {
      // the whole group: for a target asked for by name AWS makes up an entry, for one that is gone too
      const answer = await whatIsThere(
        () => client.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn })),
        isTargetGroupNotFound,
      );
      const found = answer?.TargetHealthDescriptions?.find(
        ({ Target }) => Target?.Id === targetId && Target.Port === port,
      );
      return found ? (found.TargetHealth?.State ?? 'unavailable') : 'absent';
    },
  };
}

export function cloudMapPorts(client: ServiceDiscoveryClient): CloudMapPorts {
  return {
    async deregisterCloudMapInstance({ serviceId, instanceId }) {
      try {
        const command = new DeregisterInstanceCommand({ ServiceId: serviceId, InstanceId: instanceId });
        const { OperationId } = await client.send(command);
        return { operationId: OperationId ?? '' };
      } catch (error) {
        if (error instanceof InstanceNotFound) return 'absent';
        // the same removal is under way already: wait for that one
        if (error instanceof DuplicateRequest) return { operationId: error.DuplicateOperationId ?? '' };
        throw error;
      }
    },
    async describeOperation(operationId) {
      const { Operation } = await client.send(new GetOperationCommand({ OperationId: operationId }));
      if (Operation?.Status === 'SUCCESS') return 'succeeded';
      if (Operation?.Status !== 'FAIL') return 'running';
      return { failed: Operation.ErrorMessage ?? Operation.ErrorCode ?? 'the operation failed' };
    },
    async hasCloudMapInstance({ serviceId, instanceId }) {
      const command = new GetInstanceCommand({ ServiceId: serviceId, InstanceId: instanceId });
      return (await whatIsThere(() => client.send(command), isGoneFromCloudMap)) !== undefined;
    },
  };
}
