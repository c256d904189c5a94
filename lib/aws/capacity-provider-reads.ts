import {
  DescribeCapacityProvidersCommand,
  type CapacityProvider,
  type ECSClient,
  type Failure,
} from '@aws-sdk/client-ecs';
import { toBatch } from './ecs-answer';
import { CAPACITY_PROVIDERS_PER_CALL } from './limits';
import { describeInBatches, type Batch, type Read } from './read';

/** One answer says which of the names are missing, whatever page it is. */
async function providersNamed(client: ECSClient, names: readonly string[]): Promise<Batch<CapacityProvider>> {
  const items: CapacityProvider[] = [];
  const failures: Failure[] = [];
  let nextToken: string | undefined;
  do {
    const command = new DescribeCapacityProvidersCommand({ capacityProviders: [...names], nextToken });
    const answer = await client.send(command);
    items.push(...(answer.capacityProviders ?? []));
    failures.push(...(answer.failures ?? []));
    nextToken = answer.nextToken === '' ? undefined : answer.nextToken;
  } while (nextToken !== undefined);
  return toBatch({ keys: names, items, arnOf: ({ capacityProviderArn }) => capacityProviderArn, failures });
}

/** By name. Those of Managed Instances belong to a cluster and are not found so. */
export function describeCapacityProviders(
  client: ECSClient,
  names: readonly string[],
): Promise<Read<CapacityProvider>> {
  return describeInBatches({
    action: 'ecs:DescribeCapacityProviders',
    keys: names,
    size: CAPACITY_PROVIDERS_PER_CALL,
    describe: (some) => providersNamed(client, some),
  });
}
