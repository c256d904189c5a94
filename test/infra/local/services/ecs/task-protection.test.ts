import type { UpdateTaskProtectionCommandInput } from '@aws-sdk/client-ecs';
import {
  GetTaskProtectionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateServiceCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Site } from './a-site';
import { aDefinition, aService, aSite, describeService, describeTasks } from './a-site';
import { one } from './one';

const MINUTE_MS = 60_000;
const SETTLE_MS = 90_000;

/** A service of three tasks. */
async function aServiceOfThree() {
  const site = await aSite();
  await aDefinition(site);
  await aService(site, { desiredCount: 3 });
  await site.clock.advance(SETTLE_MS);
  return { ...site, tasks: await runningOf(site) };
}

const runningOf = async (site: Site): Promise<string[]> =>
  (await describeTasks(site)).map(({ taskArn = '' }) => taskArn).sort();

const update = ({ ecs }: Site, input: Omit<UpdateTaskProtectionCommandInput, 'cluster'>) =>
  ecs.send(new UpdateTaskProtectionCommand({ cluster: 'prod', ...input }));

const protect = (site: Site, tasks: string[], expiresInMinutes?: number) =>
  update(site, { tasks, protectionEnabled: true, expiresInMinutes });

const scaleTo = ({ ecs }: Site, desiredCount: number) =>
  ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount }));

describe('a protected task', () => {
  it('is not the one that goes when a service shrinks, for two hours', async () => {
    const site = await aServiceOfThree();
    const kept = site.tasks.slice(0, 2);
    const { protectedTasks = [] } = await protect(site, kept);
    const until = new Date(site.clock.now().getTime() + 120 * MINUTE_MS);
    expect(protectedTasks).toEqual(
      kept.map((taskArn) => ({ taskArn, protectionEnabled: true, expirationDate: until })),
    );
    await scaleTo(site, 1);
    await site.clock.advance(SETTLE_MS);
    expect(await runningOf(site)).toEqual(kept);
    await site.clock.advance(120 * MINUTE_MS);
    expect(await runningOf(site)).toHaveLength(1);
  });

  it('goes as soon as it is let go, or its own time is over', async () => {
    const site = await aServiceOfThree();
    const [first = '', second = ''] = site.tasks;
    await protect(site, [first], 10);
    await protect(site, [second], 10);
    await site.clock.advance(5 * MINUTE_MS);
    await protect(site, [second], 10);
    await scaleTo(site, 0);
    await site.clock.advance(SETTLE_MS);
    expect(await runningOf(site)).toEqual([first, second]);
    await site.clock.advance(5 * MINUTE_MS);
    expect(await runningOf(site)).toEqual([second]);
    const { protectedTasks } = await update(site, { tasks: [second], protectionEnabled: false });
    expect(protectedTasks).toEqual([{ taskArn: second, protectionEnabled: false }]);
    await site.clock.advance(SETTLE_MS);
    expect(await runningOf(site)).toEqual([]);
  });

  it('holds a deployment up, which goes on later', async () => {
    const site = await aServiceOfThree();
    const [kept = ''] = site.tasks;
    await protect(site, [kept], 30);
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', forceNewDeployment: true }));
    await site.clock.advance(10 * MINUTE_MS);
    expect(await runningOf(site)).toContain(kept);
    expect(await runningOf(site)).toHaveLength(4);
    expect((await describeService(site)).deployments).toHaveLength(2);
    await site.clock.advance(25 * MINUTE_MS);
    expect(await runningOf(site)).toHaveLength(3);
    expect(await runningOf(site)).not.toContain(kept);
    expect((await describeService(site)).deployments).toHaveLength(1);
  });

  it('can be stopped by hand', async () => {
    const site = await aServiceOfThree();
    const [task = ''] = site.tasks;
    await protect(site, [task]);
    await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task }));
    await site.clock.advance(SETTLE_MS);
    expect(await runningOf(site)).not.toContain(task);
  });
});

describe('protection', () => {
  it('is shown, and is for tasks of services alone', async () => {
    const site = await aServiceOfThree();
    const [covered = '', open = ''] = site.tasks;
    await protect(site, [covered]);
    const { tasks } = await site.ecs.send(
      new RunTaskCommand({
        ...{ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE' },
        networkConfiguration: { awsvpcConfiguration: { subnets: [site.ipv6A.id] } },
      }),
    );
    const alone = one(tasks).taskArn ?? '';
    const none = covered.replace(/[^/]+$/, '0'.repeat(32));
    const asked = [covered, open, alone, none];
    const shown = await site.ecs.send(new GetTaskProtectionCommand({ cluster: 'prod', tasks: asked }));
    const failures = [
      { arn: alone, reason: 'TASK_NOT_VALID' },
      { arn: none, reason: 'MISSING' },
    ];
    expect(shown.protectedTasks).toMatchObject([
      { taskArn: covered, protectionEnabled: true },
      { taskArn: open, protectionEnabled: false },
    ]);
    expect(shown.failures).toEqual(failures);
    expect((await protect(site, [alone, none])).failures).toEqual(failures);
  });

  it.each([
    { fault: 'no task', tasks: [], minutes: 1 },
    { fault: 'eleven tasks', tasks: Array.from({ length: 11 }, (_, index) => String(index)), minutes: 1 },
    { fault: 'no time', tasks: ['a'], minutes: 0 },
    { fault: 'more than two days', tasks: ['a'], minutes: 2_881 },
  ])('is refused with $fault', async ({ tasks, minutes }) => {
    await expect(protect(await aSite(), tasks, minutes)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
