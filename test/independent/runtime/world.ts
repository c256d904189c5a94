/** The demo's account with the stack in it, whose functions only the emulator runs, and all that happened before. */
import { authorizeRoles } from '../../../infra/local/iam/authorize';
import { startLocalAccount, type LocalAccount } from '../../../infra/local/local-account';
import { runTemplate } from '../../../infra/local/runtime/run-template';
import { createSeedClients } from '../../../infra/local/seed/seed-clients';
import { seedStory } from '../../../infra/local/seed/story/story';
import { createInbox, emptyInbox, watchFindings } from '../../../infra/local/seed/story/subscribers';
import { services } from '../../../infra/local/services';
import { putRule } from '../../../infra/local/services/eventbridge/rules';
import { putTargets } from '../../../infra/local/services/eventbridge/targets';
import { listFunctions } from '../../../infra/local/services/lambda/functions';
import type { Queue } from '../../../infra/local/services/sqs/state';
import { ownTemplate } from '../../../lib/cli/own-template';
import type { Deployment } from './emulator';

export interface World {
  /** Events of ECS and EC2 from when the account was made. */
  readonly events: readonly string[];
  /** How the stack deploys it, with a session of its role. @param part of its name, e.g. `ReconcileTasks` */
  deployment(part: string, codeFolder: string): Deployment;
  /** `Finding State Change` events since the last look, as queues deliver them. */
  changes(): Promise<readonly string[]>;
  /** Messages that the alert topic delivered since the last look. */
  alerts(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

function watchAccount({ scope }: LocalAccount): Queue {
  const inbox = createInbox(scope, 'happened', 'events');
  const eventPattern = JSON.stringify({ source: ['aws.ec2', 'aws.ecs'] });
  const rule = putRule(scope, { name: 'happened', busName: 'default', eventPattern });
  putTargets(rule, [{ id: 'inbox', arn: inbox.arn }]);
  return inbox;
}

function deploymentOf(account: LocalAccount, part: string, codeFolder: string): Deployment {
  const { scope, endpoint } = account;
  const found = listFunctions(scope).find(({ name }) => name.includes(`-${part}`));
  if (!found) throw new Error(`the stack has no function ${part}`);
  const { name, roleArn, handler, memoryMiB, timeoutSeconds } = found;
  const session = `arn:aws:sts::${scope.account}:assumed-role/${roleArn.slice(roleArn.indexOf('/') + 1)}/${name}`;
  const credentials = account.registerCredentials({ account: scope.account, arn: session, roleArn });
  const variables = {
    ...found.variables,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: scope.region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMiB),
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(timeoutSeconds),
  };
  return { codeFolder, handler, variables };
}

export async function createWorld(): Promise<World> {
  const account = await startLocalAccount({ services, authorize: authorizeRoles });
  const { scope } = account;
  try {
    const happened = watchAccount(account);
    await seedStory(account, createSeedClients(account));
    const alerts = createInbox(scope, 'on-call', 'sns');
    const changes = createInbox(scope, 'watcher', 'events');
    const parameters = { Permissions: 'observe', AlertQueueArn: alerts.arn };
    const stack = await runTemplate({ account, templateFile: ownTemplate(), stackName: 'ecs-ipv6', parameters });
    // nobody polls: the functions get from here what the queues would bring them
    stack.stop();
    watchFindings(scope, changes, stack.outputs()['FindingBusName'] ?? '');
    return {
      events: await emptyInbox(scope, happened),
      deployment: (part, codeFolder) => deploymentOf(account, part, codeFolder),
      changes: () => emptyInbox(scope, changes),
      alerts: () => emptyInbox(scope, alerts),
      stop: () => account.stop(),
    };
  } catch (error) {
    await account.stop();
    throw error;
  }
}
