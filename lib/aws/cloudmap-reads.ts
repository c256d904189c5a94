/** What is read of Cloud Map. Keys are ARNs of its services. */
import {
  GetServiceCommand,
  ListInstancesCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  type InstanceSummary,
  type ServiceDiscoveryClient,
  type ServiceSummary,
  type Tag,
} from '@aws-sdk/client-servicediscovery';
import { isCloudMapServiceNotFound } from './failure';
import { CLOUD_MAP_PAGE, CLOUD_MAP_SERVICES_BY_ID } from './limits';
import { describeInBatches, listPages, type Batch, type Read } from './read';

export interface TaggedArn {
  readonly arn: string;
  readonly tags: readonly Tag[];
}

export interface CloudMapReads {
  describeServices(arns: readonly string[]): Promise<Read<ServiceSummary>>;
  /** All instances of a service. */
  listInstances(serviceArn: string): Promise<Read<InstanceSummary>>;
  /** One call for each. */
  describeTags(arns: readonly string[]): Promise<Read<TaggedArn>>;
}

/** `arn:...:service/srv-1` -> `srv-1` */
const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

async function getService(client: ServiceDiscoveryClient, arn: string): Promise<Batch<ServiceSummary>> {
  try {
    const { Service } = await client.send(new GetServiceCommand({ Id: idOf(arn) }));
    return { items: [Service] };
  } catch (error) {
    if (isCloudMapServiceNotFound(error)) return { items: [], missing: [arn] };
    throw error;
  }
}

async function servicesFromList(
  client: ServiceDiscoveryClient,
  arns: readonly string[],
): Promise<Read<ServiceSummary>> {
  const { items, failures } = await listPages({
    action: 'servicediscovery:ListServices',
    async page(NextToken) {
      const answer = await client.send(new ListServicesCommand({ NextToken, MaxResults: CLOUD_MAP_PAGE }));
      return { items: answer.Services ?? [], token: answer.NextToken };
    },
  });
  const wanted = new Set(arns);
  const found = items.filter(({ Arn = '' }) => wanted.delete(Arn));
  return { items: found, missing: failures.length === 0 ? [...wanted] : [], failures };
}

async function instancePage(client: ServiceDiscoveryClient, serviceArn: string, NextToken: string | undefined) {
  try {
    const command = new ListInstancesCommand({ ServiceId: idOf(serviceArn), NextToken, MaxResults: CLOUD_MAP_PAGE });
    const answer = await client.send(command);
    return { items: answer.Instances ?? [], token: answer.NextToken };
  } catch (error) {
    if (isCloudMapServiceNotFound(error)) return { items: [], token: undefined };
    throw error;
  }
}

export function createCloudMapReads(client: ServiceDiscoveryClient): CloudMapReads {
  return {
    describeServices(arns) {
      if (arns.length > CLOUD_MAP_SERVICES_BY_ID) return servicesFromList(client, arns);
      const describe = ([arn = '']: readonly string[]) => getService(client, arn);
      return describeInBatches({ action: 'servicediscovery:GetService', keys: arns, size: 1, describe });
    },
    listInstances: (serviceArn) =>
      listPages({
        action: 'servicediscovery:ListInstances',
        keys: [serviceArn],
        page: (token) => instancePage(client, serviceArn, token),
      }),
    describeTags: (arns) =>
      describeInBatches({
        action: 'servicediscovery:ListTagsForResource',
        keys: arns,
        size: 1,
        async describe([arn = '']) {
          const answer = await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
          return { items: [{ arn, tags: answer.Tags ?? [] }] };
        },
      }),
  };
}
