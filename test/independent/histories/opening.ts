/** The world before a history: a cluster with a service on Fargate and one on hosts, both behind a load balancer. */
import { CreateClusterCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { ModifyTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { SimulatedClock } from '../../../infra/local/kernel/clock';
import { startLocalAccount, type LocalAccount } from '../../../infra/local/local-account';
import type { SeedClients } from '../../../infra/local/seed/seed-clients';
import { createStoryBalancing, type StoryBalancing } from '../../../infra/local/seed/story/balancing';
import { createStoryNetwork, type StoryNetwork } from '../../../infra/local/seed/story/network';
import { services } from '../../../infra/local/services';

export const CLUSTER = 'shop';
const START = new Date('2026-11-22T02:00:00Z');
export const MINUTE = 60_000;
/** Longer than services take to come up, health checks included. */
const SETTLE_MINUTES = 5;

/** Hours pass in every history, and each check of a target costs time. */
const rareChecks = { HealthCheckIntervalSeconds: 60 };

export interface Opening {
  readonly account: LocalAccount;
  readonly clock: SimulatedClock;
  readonly clients: SeedClients;
  readonly network: StoryNetwork;
  readonly balancing: StoryBalancing;
}

/** @param connect points `clients` at the account that is given */
export async function open(clients: SeedClients, connect: (account: LocalAccount) => void): Promise<Opening> {
  const clock = new SimulatedClock({ start: START, running: false });
  const account = await startLocalAccount({ services, clock });
  connect(account);
  const network = await createStoryNetwork(clients, account.region);
  const balancing = await createStoryBalancing(account, clients, network);
  for (const TargetGroupArn of [balancing.webGroupArn, balancing.edgeGroupArn]) {
    await clients.elbv2.send(new ModifyTargetGroupCommand({ TargetGroupArn, ...rareChecks }));
  }
  await clients.ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
  await defineTasks(clients);
  await clock.advance(SETTLE_MINUTES * MINUTE);
  return { account, clock, clients, network, balancing };
}

export async function put({ ssm }: SeedClients, Name: string, Value: string): Promise<void> {
  await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
}

export const familyOf = (service: string, revision: number): string => `${service}-${String(revision)}`;

/** Two versions of everything, of which one pulls its image from a host name that has IPv4 alone. */
async function defineTasks({ ecs }: SeedClients): Promise<void> {
  const images = ['docker.io/app:1', '111122223333.dkr.ecr.eu-west-2.amazonaws.com/app:2'];
  const taskRoleArn = 'arn:aws:iam::111122223333:role/app';
  for (const [revision, image] of images.entries()) {
    for (const service of ['web', 'legacy']) {
      await ecs.send(
        new RegisterTaskDefinitionCommand({
          ...{ family: familyOf(service, revision), networkMode: 'awsvpc', cpu: '256', memory: '512' },
          requiresCompatibilities: ['FARGATE'],
          // ECS Exec asks for one
          taskRoleArn,
          containerDefinitions: [{ name: 'app', image, portMappings: [{ containerPort: 8080 }] }],
        }),
      );
    }
    const portMappings = [{ containerPort: 8080, hostPort: 0 }];
    await ecs.send(
      new RegisterTaskDefinitionCommand({
        ...{ family: familyOf('edge', revision), networkMode: 'bridge', taskRoleArn },
        containerDefinitions: [{ name: 'app', image, memory: 128, portMappings }],
      }),
    );
  }
}
