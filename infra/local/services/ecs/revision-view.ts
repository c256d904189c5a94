import type { NetworkConfiguration, Service } from '@aws-sdk/client-ecs';
import { platformFamily } from './platform';
import type { NetworkSettings, Revision } from './records';

/** A strategy hides the launch type, and the other way round. */
export function revisionView(revision: Revision): Service {
  const { capacity, definition, network } = revision;
  return {
    taskDefinition: definition.arn,
    launchType: capacity.asked,
    capacityProviderStrategy: capacity.strategy.length > 0 ? [...capacity.strategy] : undefined,
    platformVersion: capacity.platformVersion,
    platformFamily: capacity.platformVersion === undefined ? undefined : platformFamily(definition),
    networkConfiguration: networkView(network),
    loadBalancers: [...revision.loadBalancers],
    serviceRegistries: [...revision.serviceRegistries],
  };
}

function networkView(network: NetworkSettings | undefined): NetworkConfiguration | undefined {
  if (!network) return undefined;
  const { subnets, securityGroups, assignPublicIp } = network;
  return { awsvpcConfiguration: { subnets: [...subnets], securityGroups: [...securityGroups], assignPublicIp } };
}
