/**
 * A small account in the middle of its migration, made over the wire, by the same calls that anyone would use: what
 * `ecs-ipv6 demo` tells its story of, and where the demo's account begins.
 */
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RegisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { LocalAccount } from '../../local-account';
import { createStoryBalancing } from './balancing';
import { createHostGroup } from './group';
import { createStoryNetwork } from './network';
import { composePolicy, type DemoPart, type PolicyPart } from '../demo/part';
import { createSeedClients, type SeedClients } from '../seed-clients';
import { createEdge, createFargateServices, launchHost, type Story } from './workload';

/** What the story's people want: everything IPv6-only, and nothing done about it yet. */
const wanted: PolicyPart = {
  scopes: [{ name: 'shop', match: { clusters: ['shop', 'edge'] }, posture: 'ipv6-only' }],
};

export const STORY_POLICY = composePolicy([wanted]);

/** The same as the beginning of a larger account. */
export const storyPart: DemoPart = {
  name: 'story',
  ...wanted,
  seed: async (account) => {
    await makeStory(account, createSeedClients(account));
  },
};

/** Longest that the services may take to come up, in simulated seconds. */
const MAX_START_SECONDS = 300;

/** With its policy. */
export async function seedStory(account: LocalAccount, clients: SeedClients): Promise<Story> {
  const story = await makeStory(account, clients);
  await clients.ssm.send(new PutParameterCommand({ Name: '/ecs-ipv6/policy', Type: 'String', Value: STORY_POLICY }));
  return story;
}

async function makeStory(account: LocalAccount, clients: SeedClients): Promise<Story> {
  const network = await createStoryNetwork(clients, account.region);
  const balancing = await createStoryBalancing(account, clients, network);
  const parts: Story = { account, clients, network, balancing };
  await createFargateServices(parts);
  await createEdge(parts);
  await createHostGroup(parts);
  await settle(parts);
  await leaveOrphans(parts);
  await launchHost(parts, { primaryIpv6: false, agentVersion: '1.105.1', subnetId: network.nativeSubnetIds[0] });
  return parts;
}

/** Lets the account's clock run until every service has the tasks that it wants and its deployment is done. */
async function settle({ account, clients }: Story): Promise<void> {
  const isSteady = async (cluster: string, services: string[]): Promise<boolean> => {
    const { services: found = [] } = await clients.ecs.send(new DescribeServicesCommand({ cluster, services }));
    return found.every(
      (service) =>
        service.runningCount === service.desiredCount &&
        service.deployments?.every(({ rolloutState }) => rolloutState === 'COMPLETED'),
    );
  };
  for (let seconds = 0; seconds < MAX_START_SECONDS; seconds += 5) {
    if ((await isSteady('shop', ['web', 'legacy'])) && (await isSteady('edge', ['edge']))) return;
    await account.world.clock.advance(5_000);
  }
  throw new Error(`the story's services did not come up within ${String(MAX_START_SECONDS)} s`);
}

/** What a crashed deregistration leaves behind: a target that nothing holds, and a Cloud Map instance without a task. */
async function leaveOrphans({ clients, network, balancing, account }: Story): Promise<void> {
  const target = { Id: `${network.nativePrefix}::dead`, Port: 8080 };
  await clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: balancing.webGroupArn, Targets: [target] }));
  await clients.serviceDiscovery.send(
    new RegisterInstanceCommand({
      ServiceId: balancing.webRegistryId,
      InstanceId: '0dead0dead0dead0dead0dead0dead0d',
      Attributes: {
        AWS_INSTANCE_IPV6: `${network.nativePrefix}::beef`,
        ECS_CLUSTER_NAME: 'shop',
        ECS_SERVICE_NAME: 'web',
        ECS_TASK_DEFINITION_FAMILY: 'web',
        AVAILABILITY_ZONE: `${account.region}a`,
        REGION: account.region,
      },
    }),
  );
  // time for the registration to be made, and for the health checks to fail
  await account.world.clock.advance(60_000);
}
