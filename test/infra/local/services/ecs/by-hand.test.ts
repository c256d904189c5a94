/** What people do to a cluster by hand. */
import {
  DeleteAccountSettingCommand,
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeContainerInstancesCommand,
  DescribeTaskDefinitionCommand,
  ExecuteCommandCommand,
  ListAccountSettingsCommand,
  ListTaskDefinitionsCommand,
  PutAccountSettingCommand,
  PutAttributesCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateClusterCommand,
  UpdateContainerAgentCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Site } from './a-site';
import { aDefinition, aHost, aSite, describeTasks } from './a-site';
import { one } from './one';

const SETTLE_MS = 10_000;

async function run(site: Site, subnet: string, enableExecuteCommand = true): Promise<string> {
  const { tasks } = await site.ecs.send(
    new RunTaskCommand({
      ...{ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE', enableExecuteCommand },
      networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } },
    }),
  );
  await site.clock.advance(SETTLE_MS);
  return one(tasks).taskArn ?? '';
}

describe('ExecuteCommand', () => {
  it('does not reach a task that has IPv6 alone, nor one without Exec', async () => {
    const site = await aSite();
    await aDefinition(site, { taskRoleArn: 'arn:aws:iam::111122223333:role/task' });
    const execute = (task: string, changes: object = {}) =>
      site.ecs.send(new ExecuteCommandCommand({ cluster: 'prod', task, command: 'sh', interactive: true, ...changes }));
    const lone = await run(site, site.ipv6A.id);
    await expect(execute(lone)).rejects.toMatchObject({ name: 'TargetNotConnectedException' });
    const plain = await run(site, site.dualA.id, false);
    await expect(execute(plain)).rejects.toThrow('execute command was not enabled');
    const able = await run(site, site.dualA.id);
    await expect(execute(able)).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(execute(able, { interactive: false })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(execute(able, { container: 'none' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('UpdateContainerAgent', () => {
  it('brings an old agent up to date, step by step', async () => {
    const site = await aSite();
    const { arn } = await aHost(site, { subnet: site.dualA, agentVersion: '1.91.2' });
    const update = () => site.ecs.send(new UpdateContainerAgentCommand({ cluster: 'prod', containerInstance: arn }));
    const look = async () => {
      const { containerInstances } = await site.ecs.send(
        new DescribeContainerInstancesCommand({
          ...{ cluster: 'prod', containerInstances: [arn], include: ['CONTAINER_INSTANCE_HEALTH'] },
        }),
      );
      return one(containerInstances);
    };
    expect((await look()).attributes?.some(({ name }) => name === 'ecs.capability.ipv6-only')).toBe(false);
    expect((await update()).containerInstance?.agentUpdateStatus).toBe('PENDING');
    await expect(update()).rejects.toMatchObject({ name: 'UpdateInProgressException' });
    await site.clock.advance(SETTLE_MS);
    const updated = await look();
    expect(updated).toMatchObject({
      ...{ agentUpdateStatus: 'UPDATED', versionInfo: { agentVersion: '1.105.1' } },
      healthStatus: { overallStatus: 'OK' },
    });
    expect(updated.attributes?.some(({ name }) => name === 'ecs.capability.ipv6-only')).toBe(true);
    await expect(update()).rejects.toMatchObject({ name: 'NoUpdateAvailableException' });
  });
});

describe('DeleteTaskDefinitions', () => {
  it('takes revisions that were deregistered, once no task needs them', async () => {
    const site = await aSite();
    const arn = await aDefinition(site);
    const remove = (taskDefinitions: string[]) => site.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions }));
    expect((await remove(['web:1', 'web:9'])).failures).toMatchObject([
      { arn: expect.stringMatching(/web:1$/), reason: expect.stringMatching(/still in ACTIVE status/) },
      { reason: 'MISSING' },
    ]);
    const task = await run(site, site.ipv6A.id, false);
    await site.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }));
    expect(one((await remove([arn])).taskDefinitions).status).toBe('DELETE_IN_PROGRESS');
    await site.clock.advance(60_000);
    const inProgress = () => site.ecs.send(new ListTaskDefinitionsCommand({ status: 'DELETE_IN_PROGRESS' }));
    expect((await inProgress()).taskDefinitionArns).toEqual([arn]);

    await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task }));
    await site.clock.advance(60_000);
    expect((await inProgress()).taskDefinitionArns).toEqual([]);
    await expect(site.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }))).rejects.toMatchObject({
      name: 'ClientException',
    });
    expect(await aDefinition(site)).toMatch(/web:2$/);
    await expect(remove(Array<string>(11).fill('web:2'))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(remove(['web'])).rejects.toMatchObject({ name: 'ClientException' });
  });
});

describe('settings', () => {
  it('of a cluster can be changed with the cluster', async () => {
    const site = await aSite();
    const settings = [{ name: 'containerInsights', value: 'enhanced' }] as const;
    const { cluster } = await site.ecs.send(new UpdateClusterCommand({ cluster: 'prod', settings: [...settings] }));
    expect(cluster?.settings).toEqual(settings);
    const bad = new UpdateClusterCommand({ cluster: 'prod', settings: [{ name: 'containerInsights', value: 'loud' }] });
    await expect(site.ecs.send(bad)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('of an account go back to their default', async () => {
    const site = await aSite();
    const value = async () => {
      const listed = new ListAccountSettingsCommand({ name: 'fargateFIPSMode', effectiveSettings: true });
      return one((await site.ecs.send(listed)).settings).value;
    };
    await site.ecs.send(new PutAccountSettingCommand({ name: 'fargateFIPSMode', value: 'enabled' }));
    expect(await value()).toBe('enabled');
    const gone = await site.ecs.send(new DeleteAccountSettingCommand({ name: 'fargateFIPSMode' }));
    expect([gone.setting?.value, await value()]).toEqual(['disabled', 'disabled']);
    const readOnly = new PutAccountSettingCommand({ name: 'guardDutyActivate', value: 'on' });
    await expect(site.ecs.send(readOnly)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('PutAttributes', () => {
  it('stops at ten attributes of one container instance, whatever the agent says of it', async () => {
    const site = await aSite();
    const { arn: targetId } = await aHost(site, { subnet: site.dualA });
    const put = (name: string) =>
      site.ecs.send(
        new PutAttributesCommand({
          cluster: 'prod',
          attributes: [{ name, targetType: 'container-instance', targetId }],
        }),
      );
    for (let index = 0; index < 10; index++) await put(`mark-${index}`);
    await put('mark-3');
    await expect(put('mark-10')).rejects.toMatchObject({ name: 'AttributeLimitExceededException' });
    expect(await describeTasks(site)).toEqual([]);
  });
});
