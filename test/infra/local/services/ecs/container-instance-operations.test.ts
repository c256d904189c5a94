import type { RegisterContainerInstanceCommandInput } from '@aws-sdk/client-ecs';
import {
  DeleteAttributesCommand,
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  ListAttributesCommand,
  ListContainerInstancesCommand,
  PutAttributesCommand,
  RegisterContainerInstanceCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Site } from './a-site';
import { aBridgeDefinition, aHost, anInstance, aSite, describeTasks, eventsOf } from './a-site';
import { one } from './one';

async function register(site: Site, changes: Partial<RegisterContainerInstanceCommandInput> = {}) {
  const instance = await anInstance(site, { subnet: site.dualA });
  const { containerInstance } = await site.ecs.send(
    new RegisterContainerInstanceCommand({
      cluster: 'prod',
      instanceIdentityDocument: JSON.stringify({ instanceId: instance.id, region: 'eu-west-2' }),
      instanceIdentityDocumentSignature: 'signed',
      totalResources: [
        { name: 'CPU', type: 'INTEGER', integerValue: 1_024 },
        { name: 'MEMORY', type: 'INTEGER', integerValue: 993 },
      ],
      versionInfo: { agentVersion: '1.97.1', agentHash: 'abc', dockerVersion: 'DockerVersion: 20.10' },
      attributes: [{ name: 'ecs.os-type', value: 'linux' }],
      ...changes,
    }),
  );
  return { instance, shown: containerInstance ?? {} };
}

describe('container instances', () => {
  it('are what their agents say, and what ECS knows of the host', async () => {
    const site = await aSite();
    const { instance, shown } = await register(site, { tags: [{ key: 'team', value: 'web' }] });
    expect(shown.containerInstanceArn).toMatch(
      /^arn:aws:ecs:eu-west-2:111122223333:container-instance\/prod\/[0-9a-f]{32}$/,
    );
    const { containerInstances } = await site.ecs.send(
      new DescribeContainerInstancesCommand({
        ...{ cluster: 'prod', containerInstances: [shown.containerInstanceArn ?? ''], include: ['TAGS'] },
      }),
    );
    const described = one(containerInstances);
    expect(described).toMatchObject({
      ...{ ec2InstanceId: instance.id, status: 'ACTIVE', agentConnected: true, version: 1 },
      ...{ versionInfo: { agentVersion: '1.97.1' }, tags: [{ key: 'team', value: 'web' }] },
    });
    expect(described.registeredResources?.[1]).toEqual({
      ...{ name: 'MEMORY', type: 'INTEGER', integerValue: 993, doubleValue: 0, longValue: 0 },
    });
    expect(described.attributes).toEqual(
      expect.arrayContaining([
        { name: 'ecs.os-type', value: 'linux' },
        { name: 'ecs.subnet-id', value: site.dualA.id },
        { name: 'ecs.instance-type', value: 'm5.large' },
        { name: 'ecs.availability-zone', value: 'eu-west-2a' },
      ]),
    );
    const [event] = eventsOf(site, 'ECS Container Instance State Change');
    expect(event).toMatchObject({
      resources: [shown.containerInstanceArn],
      detail: { status: 'ACTIVE', version: 1, versionInfo: { agentVersion: '1.97.1' }, ec2InstanceId: instance.id },
    });
    expect(event?.detail).toMatchObject({
      registeredResources: [{ name: 'CPU', type: 'INTEGER', integerValue: 1_024 }, {}, {}, {}],
    });
  });

  it('take no task that needs what their agents lack', async () => {
    const site = await aSite();
    await register(site);
    await aBridgeDefinition(site);
    const run = new RunTaskCommand({ cluster: 'prod', taskDefinition: 'web' });
    expect(one((await site.ecs.send(run)).failures).reason).toBe('ATTRIBUTE');
  });

  it('must be running EC2 instances', async () => {
    const site = await aSite();
    const instanceIdentityDocument = JSON.stringify({ instanceId: 'i-0123456789abcdef0' });
    for (const document of [instanceIdentityDocument, 'no json', '{}']) {
      await expect(register(site, { instanceIdentityDocument: document })).rejects.toMatchObject({
        name: 'ClientException',
      });
    }
  });

  it('keep their ARN when the agent registers again', async () => {
    const site = await aSite();
    const { instance, shown } = await register(site);
    const again = await site.ecs.send(
      new RegisterContainerInstanceCommand({
        cluster: 'prod',
        instanceIdentityDocument: JSON.stringify({ instanceId: instance.id }),
        versionInfo: { agentVersion: '1.105.1' },
      }),
    );
    expect(again.containerInstance).toMatchObject({
      ...{ containerInstanceArn: shown.containerInstanceArn, version: 2, versionInfo: { agentVersion: '1.105.1' } },
    });
  });

  it('give back what a task took when it stops', async () => {
    const site = await aSite();
    const host = await aHost(site, { subnet: site.dualA });
    await aBridgeDefinition(site);
    const remaining = async () => {
      const { containerInstances } = await site.ecs.send(
        new DescribeContainerInstancesCommand({ cluster: 'prod', containerInstances: [host.id] }),
      );
      return one(containerInstances).remainingResources?.map(({ integerValue, stringSetValue }) =>
        stringSetValue?.length ? stringSetValue : integerValue,
      );
    };
    const before = await remaining();
    await site.ecs.send(new RunTaskCommand({ cluster: 'prod', taskDefinition: 'web' }));
    await site.clock.advance(5_000);
    const [cpu, memory, ports] = (await remaining()) ?? [];
    expect([cpu, memory]).toEqual([Number(before?.[0]) - 128, Number(before?.[1]) - 128]);
    expect(ports).toContain('32768');
    const [task] = await describeTasks(site);
    await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task: task?.taskArn }));
    await site.clock.advance(5_000);
    expect(await remaining()).toEqual(before);
  });

  it('are listed by status', async () => {
    const site = await aSite();
    const [active, draining] = [await aHost(site, { subnet: site.dualA }), await aHost(site, { subnet: site.dualA })];
    await site.ecs.send(
      new UpdateContainerInstancesStateCommand({
        ...{ cluster: 'prod', containerInstances: [draining.arn], status: 'DRAINING' },
      }),
    );
    const list = async (status?: 'ACTIVE' | 'DRAINING') =>
      (await site.ecs.send(new ListContainerInstancesCommand({ cluster: 'prod', status }))).containerInstanceArns;
    expect(await list('ACTIVE')).toEqual([active.arn]);
    expect(await list('DRAINING')).toEqual([draining.arn]);
    expect(await list()).toEqual([active.arn, draining.arn]);
    await expect(
      site.ecs.send(new ListContainerInstancesCommand({ cluster: 'prod', filter: 'attribute:a exists' })),
    ).rejects.toThrow(/cluster query/);
  });

  it('are described a hundred at a time, changed ten at a time', async () => {
    const site = await aSite();
    const containerInstances = Array.from({ length: 101 }, (_, index) => `id${index}`);
    const describe = (count: number) =>
      site.ecs.send(
        new DescribeContainerInstancesCommand({
          cluster: 'prod',
          containerInstances: containerInstances.slice(0, count),
        }),
      );
    expect((await describe(100)).failures).toHaveLength(100);
    await expect(describe(101)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(
      site.ecs.send(
        new UpdateContainerInstancesStateCommand({
          ...{ cluster: 'prod', containerInstances: containerInstances.slice(0, 11), status: 'DRAINING' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('leave with their tasks only by force', async () => {
    const site = await aSite();
    const host = await aHost(site, { subnet: site.dualA });
    await aBridgeDefinition(site);
    await site.ecs.send(new RunTaskCommand({ cluster: 'prod', taskDefinition: 'web' }));
    await site.clock.advance(5_000);
    const deregister = (force: boolean) =>
      site.ecs.send(new DeregisterContainerInstanceCommand({ cluster: 'prod', containerInstance: host.arn, force }));
    await expect(deregister(false)).rejects.toThrow('Found running tasks on the instance.');
    expect((await deregister(true)).containerInstance).toMatchObject({ status: 'INACTIVE', agentConnected: false });
    expect(one(await describeTasks(site, 'STOPPED')).stoppedReason).toMatch(/deregistration forced by user/);
    await expect(deregister(true)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('carry custom attributes', async () => {
    const site = await aSite();
    const host = await aHost(site, { subnet: site.dualA });
    const attribute = { name: 'stack', value: 'blue', targetType: 'container-instance', targetId: host.arn } as const;
    await site.ecs.send(new PutAttributesCommand({ cluster: 'prod', attributes: [attribute] }));
    const list = async () =>
      (
        await site.ecs.send(
          new ListAttributesCommand({ cluster: 'prod', targetType: 'container-instance', attributeName: 'stack' }),
        )
      ).attributes;
    expect(await list()).toEqual([attribute]);
    await site.ecs.send(new DeleteAttributesCommand({ cluster: 'prod', attributes: [attribute] }));
    expect(await list()).toEqual([]);
    const unknown = { ...attribute, targetId: 'none' };
    await expect(
      site.ecs.send(new PutAttributesCommand({ cluster: 'prod', attributes: [unknown] })),
    ).rejects.toMatchObject({ name: 'TargetNotFoundException' });
  });
});
