/** `explain` of tasks that stopped and of their service: what ECS says of them is read and explained. */
import { CreateServiceCommand, DescribeServicesCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { RegisterTaskDefinitionCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { ApiError } from '../../../infra/local/kernel/api-error';
import { pointAt, startLocal } from '../../../lib/cli/local';
import { run } from '../../../lib/cli/run';
import type { Checklist } from '../../../lib/explain/checklist';

type Account = Awaited<ReturnType<typeof startLocal>>['account'];

const before = { ...process.env };
let account: Account;
let ecs: ECSClient;
let stopped: string;

async function cli(...words: readonly string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await run(words, { print: (line) => stdout.push(line), complain: (line) => stderr.push(line) });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

async function listOf(...words: readonly string[]) {
  const { code, stdout } = await cli('explain', ...words, '--format', 'json');
  const list = JSON.parse(stdout) as Checklist;
  const conditionOf = (id: string) => list.conditions.find((one) => one.id === id);
  return { code, list, conditionOf };
}

/** A service like `web`, whose image has an IPv4-only name. */
async function createFailing(): Promise<void> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['web'] }));
  const image = '111122223333.dkr.ecr.eu-west-2.amazonaws.com/bad:1';
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'bad',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'app', image, essential: true, portMappings: [{ containerPort: 8080 }] }],
    }),
  );
  await ecs.send(
    new CreateServiceCommand({
      cluster: 'shop',
      serviceName: 'bad',
      launchType: 'FARGATE',
      desiredCount: 1,
      taskDefinition: 'bad',
      networkConfiguration: services[0]?.networkConfiguration,
    }),
  );
}

const tasksOf = async (serviceName: string, desiredStatus: 'STOPPED' | 'RUNNING'): Promise<string> => {
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: 'shop', serviceName, desiredStatus }));
  return taskArns[0] ?? '';
};

beforeAll(async () => {
  ({ account } = await startLocal({ seed: { name: 'demo' }, port: 0, throttling: 'off' }));
  pointAt(account);
  ecs = new ECSClient({});
  await createFailing();
  await account.world.clock.advance(30_000);
  stopped = await tasksOf('bad', 'STOPPED');
});

afterEach(() => {
  account.interceptors.length = 0;
});

afterAll(async () => {
  ecs.destroy();
  await account.stop();
  process.env = { ...before };
});

it('explains by itself why a task stopped, and looks at what it stood on', async () => {
  const { code, list, conditionOf } = await listOf('--task', `shop/${stopped.split('/').at(-1) ?? ''}`);
  expect({ code, subject: list.subject.key, firstRed: list.firstRed }).toEqual({
    code: 1,
    subject: stopped,
    firstRed: 'image-not-dual-stack',
  });
  const [verdict] = conditionOf('stopped-tasks')?.verdicts ?? [];
  expect(verdict).toMatchObject({ resource: stopped, status: 'red' });
  expect(verdict?.message).toMatch(/^It stopped .* \(TaskFailedToStart\): ResourceInitializationError: /);
  const [explanation] = verdict?.explanations ?? [];
  expect(explanation?.id).toBe('ecr-login-without-ipv6');
  expect(explanation?.checks[0]?.command).toMatch(/--task-definition arn:aws:ecs:[^ ]+:task-definition\/bad:1 /);
});

it('explains it of the service, once, with cause, check and fix', async () => {
  const { code, stdout } = await cli('explain', '--service', 'shop/bad');
  expect(code).toBe(1);
  expect(stdout).toMatch(/RED {6}No task had to stop \[stopped-tasks\]\n.*: It stopped/);
  expect(stdout.match(/The task cannot log in to ECR \[ecr-login-without-ipv6\]$/gm)).toHaveLength(1);
  expect(stdout).toContain('The task cannot log in to ECR [ecr-login-without-ipv6]: see above');
  expect(stdout).toMatch(/\n {9}Why {5}[\s\S]*\n {9}Check {3}[\s\S]*\n {9}Fix {5}/);
  expect(stdout).not.toContain('\n\n\n');
});

it('says of a task that somebody stopped who did', async () => {
  const task = await tasksOf('web', 'RUNNING');
  await ecs.send(new StopTaskCommand({ cluster: 'shop', task, reason: 'by hand' }));
  await account.world.clock.advance(60_000);
  const { conditionOf } = await listOf('--task', task);
  expect(conditionOf('stopped-tasks')?.verdicts[0]?.message).toMatch(/\(UserInitiated\): by hand\. Nothing that/);
  const { conditionOf: ofService } = await listOf('--service', 'shop/web');
  expect(ofService('stopped-tasks')?.status).toBe('green');
});

it('says what it could not read', async () => {
  account.interceptors.push(({ operation }) => {
    if (operation === 'ListTasks') throw new ApiError('AccessDeniedException', 'no', 403);
  });
  const { list, conditionOf } = await listOf('--service', 'shop/web');
  expect(conditionOf('stopped-tasks')).toMatchObject({ status: 'unknown', verdicts: [{ kind: 'account' }] });
  expect(list.gaps).toEqual([{ call: 'ecs:ListTasks', reason: 'AccessDenied' }]);
});

it('cannot tell of a task that cannot be read', async () => {
  account.interceptors.push(({ operation }) => {
    if (operation === 'DescribeTasks') throw new ApiError('AccessDeniedException', 'no', 403);
  });
  const { code, stderr } = await cli('explain', '--task', stopped);
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringMatching(/ecs:DescribeTasks failed: AccessDenied/),
  });
});
