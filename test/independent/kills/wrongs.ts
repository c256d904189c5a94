/**
 * Two wrongs that are put right by a change that lasts: a host without a primary IPv6 address, which the demo's account
 * has, and a service with ECS Exec, which it gets. Nothing is done about either before its owner asks for it.
 */
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import {
  CreateServiceCommand,
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import { need } from '../../../infra/local/seed/seed-clients';
import type { Story } from '../../../infra/local/seed/story/workload';

/** In the policy: asks for both changes, and tells of the second too, which is of little weight. */
export const ASKED_FOR = `rules:
  instance-without-primary-ipv6: { remedy: auto }
  service-exec-enabled: { remedy: auto, severity: medium }
`;
/** Not yet: found and told. */
export const NOT_YET = ASKED_FOR.replaceAll('remedy: auto', 'remedy: suggest');

const SHELL = 'shell';
const IMAGE = '111122223333.dkr-ecr.eu-west-2.on.aws/shell:1';
/** Longest that its task may take to come up, in simulated seconds. */
const MAX_START_SECONDS = 300;

/** Someone starts a service whose tasks they want to look into. Answers with the deployment that it has. */
export async function startShell(parts: Story): Promise<string> {
  const { account, clients, network } = parts;
  const { taskDefinition } = await clients.ecs.send(
    new RegisterTaskDefinitionCommand({
      ...{ family: SHELL, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
      taskRoleArn: `arn:aws:iam::${account.account}:role/${SHELL}`,
      containerDefinitions: [{ name: 'app', image: IMAGE, essential: true }],
    }),
  );
  const [...subnets] = network.nativeSubnetIds;
  const awsvpcConfiguration = { subnets, securityGroups: [network.securityGroupId] };
  await clients.ecs.send(
    new CreateServiceCommand({
      ...{ cluster: 'shop', serviceName: SHELL, launchType: 'FARGATE', desiredCount: 1, enableExecuteCommand: true },
      taskDefinition: need(taskDefinition?.taskDefinitionArn, 'taskDefinitionArn'),
      networkConfiguration: { awsvpcConfiguration },
    }),
  );
  for (let seconds = 0; seconds < MAX_START_SECONDS; seconds += 5) {
    const [deployment] = (await describeShell(parts)).deployments ?? [];
    if (deployment?.rolloutState === 'COMPLETED') return need(deployment.id, 'the id of a deployment');
    await account.world.clock.advance(5_000);
  }
  throw new Error(`${SHELL} did not come up within ${String(MAX_START_SECONDS)} s`);
}

async function describeShell({ clients }: Story): Promise<Service> {
  const { services = [] } = await clients.ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: [SHELL] }));
  return need(services[0], SHELL);
}

/** @param deployment the one that the service had; nothing that is done about ECS Exec begins another */
export async function readChanged(parts: Story, deployment: string): Promise<readonly string[]> {
  const { enableExecuteCommand, deployments = [], runningCount } = await describeShell(parts);
  const exec = enableExecuteCommand ? 'on' : 'off';
  const isSame = deployments.length === 1 && deployments[0]?.id === deployment;
  const shell = `${SHELL} has ECS Exec ${exec}, ${String(runningCount)} task, its deployment is ${isSame ? 'the same' : 'another'}`;
  const { Reservations = [] } = await parts.clients.ec2.send(new DescribeInstancesCommand({}));
  const hosts = Reservations.flatMap(({ Instances = [] }) => Instances).map(({ NetworkInterfaces = [] }) => {
    const primaries = NetworkInterfaces.map(
      ({ Ipv6Addresses = [] }) => Ipv6Addresses.filter(({ IsPrimaryIpv6 }) => IsPrimaryIpv6).length,
    );
    return `a host with ${primaries.join('+')} primary IPv6 address`;
  });
  return [shell, ...hosts.sort()];
}

/** What is right, whatever was killed. */
export const CHANGED: readonly string[] = [
  `${SHELL} has ECS Exec off, 1 task, its deployment is the same`,
  ...Array.from({ length: 3 }, () => 'a host with 1 primary IPv6 address'),
];
