import { paginateDescribeAutoScalingGroups } from '@aws-sdk/client-auto-scaling';
import type { AutoScaling, CreateAutoScalingGroupCommandInput } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from '@jest/globals';
import { aGroup, aSite, ids, running, SOON, theGroup, type Site } from './a-site';

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.name.replace(/(Fault|Contention)$/, '') : String(error);
}

const create = (site: Site, name: string, more: Partial<CreateAutoScalingGroupCommandInput> = {}) =>
  site.client.createAutoScalingGroup({
    ...{ AutoScalingGroupName: name, MinSize: 0, MaxSize: 4, LaunchTemplate: { LaunchTemplateName: 'hosts' } },
    VPCZoneIdentifier: site.subnets[0],
    ...more,
  });

describe('Auto Scaling groups', () => {
  it('show what they were made with', async () => {
    const site = await aSite();
    await aGroup(site, { MinSize: 1, HealthCheckType: 'ELB', HealthCheckGracePeriod: 60 });
    expect(await theGroup(site)).toMatchObject({
      AutoScalingGroupARN: expect.stringMatching(/:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/g$/),
      LaunchTemplate: { LaunchTemplateId: expect.stringMatching(/^lt-/), LaunchTemplateName: 'hosts' },
      ...{ MinSize: 1, MaxSize: 10, DesiredCapacity: 1, DefaultCooldown: 300 },
      AvailabilityZones: ['eu-west-2a', 'eu-west-2b'],
      VPCZoneIdentifier: site.subnets.join(','),
      ...{ HealthCheckType: 'ELB', HealthCheckGracePeriod: 60, NewInstancesProtectedFromScaleIn: false },
      TerminationPolicies: ['Default'],
    });
  });

  it('come by name, by tag and page by page', async () => {
    const site = await aSite();
    for (let index = 0; index < 5; index += 1) {
      const Tags = index % 2 === 0 ? [{ Key: 'team', Value: 'a' }] : [];
      await create(site, `group-${index}`, { Tags });
    }
    const names = async (input: Parameters<AutoScaling['describeAutoScalingGroups']>[0]) =>
      (await site.client.describeAutoScalingGroups(input)).AutoScalingGroups?.map((each) => each.AutoScalingGroupName);
    const pages: unknown[] = [];
    for await (const page of paginateDescribeAutoScalingGroups({ client: site.client, pageSize: 2 }, {})) {
      pages.push(page.AutoScalingGroups?.map((each) => each.AutoScalingGroupName));
    }
    expect(pages).toEqual([['group-0', 'group-1'], ['group-2', 'group-3'], ['group-4']]);
    expect(await names({ AutoScalingGroupNames: ['group-3', 'gone'] })).toEqual(['group-3']);
    const tagged = ['group-0', 'group-2', 'group-4'];
    expect(await names({ Filters: [{ Name: 'tag:team', Values: ['a', 'b'] }] })).toEqual(tagged);
    expect(await names({ Filters: [{ Name: 'tag-key', Values: ['team'] }] })).toEqual(tagged);
    expect(await names({ Filters: [{ Name: 'tag-value', Values: ['b'] }] })).toEqual([]);
    expect(await codeOf(names({ Filters: [{ Name: 'name', Values: ['b'] }] }))).toBe('ValidationError');
  });

  it('move their desired capacity along with their bounds', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 2 });
    const update = (input: object) => site.client.updateAutoScalingGroup({ AutoScalingGroupName: 'g', ...input });
    await update({ MinSize: 3 });
    expect(await theGroup(site)).toMatchObject({ MinSize: 3, DesiredCapacity: 3 });
    await update({ MinSize: 0, MaxSize: 1 });
    expect(await theGroup(site)).toMatchObject({ MaxSize: 1, DesiredCapacity: 1 });
    expect(await codeOf(update({ DesiredCapacity: 2 }))).toBe('ValidationError');
    expect(await codeOf(update({ MinSize: 2 }))).toBe('ValidationError');
    const set = (DesiredCapacity: number) =>
      site.client.setDesiredCapacity({ AutoScalingGroupName: 'g', DesiredCapacity });
    expect(await codeOf(set(2))).toBe('ValidationError');
    await set(0);
    await site.clock.advance(SOON);
    expect(await running(site)).toEqual([]);
  });

  it('go only when they are empty, or by force with all that is in them', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 2 });
    const remove = (ForceDelete?: boolean) =>
      site.client.deleteAutoScalingGroup({ AutoScalingGroupName: 'g', ForceDelete });
    expect(await codeOf(remove())).toBe('ResourceInUse');
    await remove(true);
    expect(await theGroup(site)).toMatchObject({ Status: 'Delete in progress', DesiredCapacity: 0 });
    const named = { AutoScalingGroupName: 'g' };
    expect(await codeOf(site.client.updateAutoScalingGroup({ ...named, MaxSize: 1 }))).toBe('ValidationError');
    await site.clock.advance(SOON);
    expect(await running(site)).toEqual([]);
    expect((await site.client.describeAutoScalingGroups({})).AutoScalingGroups).toEqual([]);
    expect((await site.client.describeScalingActivities({})).Activities).toEqual([]);
    const { Activities = [] } = await site.client.describeScalingActivities({ ...named, IncludeDeletedGroups: true });
    expect(Activities.map(({ AutoScalingGroupState, StatusCode }) => [AutoScalingGroupState, StatusCode])).toEqual(
      Array.from({ length: 4 }, () => ['Deleted', 'Successful']),
    );
    await aGroup(site, { DesiredCapacity: 1 });
    expect(await ids(site)).toHaveLength(1);
  });

  it('carry tags that can be changed and found', async () => {
    const site = await aSite();
    await create(site, 'a', { Tags: [{ Key: 'x', Value: '1' }] });
    await create(site, 'b');
    const on = (ResourceId: string, Key: string) => ({ ResourceId, ResourceType: 'auto-scaling-group', Key });
    const put = (...Tags: { ResourceId: string; Key: string; Value?: string }[]) =>
      site.client.createOrUpdateTags({ Tags });
    await put({ ...on('a', 'x'), Value: '2' }, { ...on('b', 'y'), Value: '3' });
    const tags = async (...filters: readonly (readonly [string, string])[]) => {
      const Filters = filters.map(([Name, value]) => ({ Name, Values: [value] }));
      const { Tags = [] } = await site.client.describeTags({ Filters });
      return Tags.map(({ ResourceId, Key, Value, PropagateAtLaunch }) => [ResourceId, Key, Value, PropagateAtLaunch]);
    };
    expect(await tags()).toEqual([
      ['a', 'x', '2', true],
      ['b', 'y', '3', true],
    ]);
    expect(await tags(['auto-scaling-group', 'b'], ['value', '3'])).toHaveLength(1);
    expect(await codeOf(put({ ...on('a', 'z') }, { ...on('gone', 'z') }))).toBe('ValidationError');
    expect(await codeOf(put({ ...on('a', 'aws:x') }))).toBe('ValidationError');
    await site.client.deleteTags({ Tags: [on('a', 'x')] });
    expect(await tags()).toEqual([['b', 'y', '3', true]]);
  });

  it.each<readonly [string, Partial<CreateAutoScalingGroupCommandInput>, string]>([
    ['the same name twice', { AutoScalingGroupName: 'a' }, 'AlreadyExists'],
    ['no launch template', { LaunchTemplate: undefined }, 'ValidationError'],
    ['a template that is not there', { LaunchTemplate: { LaunchTemplateName: 'gone' } }, 'ValidationError'],
    [
      'a version that is not there',
      { LaunchTemplate: { LaunchTemplateName: 'hosts', Version: '9' } },
      'ValidationError',
    ],
    ['a target group that is not there', { TargetGroupARNs: ['arn:x'] }, 'ValidationError'],
    ['no subnet', { VPCZoneIdentifier: undefined }, 'ValidationError'],
    ['a subnet that is not there', { VPCZoneIdentifier: 'subnet-00000000' }, 'ValidationError'],
    ['a minimum above the maximum', { MinSize: 5 }, 'ValidationError'],
    ['a desired capacity above the maximum', { DesiredCapacity: 5 }, 'ValidationError'],
    ['a reserved tag', { Tags: [{ Key: 'aws:x', Value: '' }] }, 'ValidationError'],
    ['another kind of health check', { HealthCheckType: 'EBS' }, 'NotImplemented'],
    [
      'a policy of several types',
      { MixedInstancesPolicy: { InstancesDistribution: { OnDemandBaseCapacity: 1 } } },
      'NotImplemented',
    ],
  ])('are refused with %s', async (_name, more, code) => {
    const site = await aSite();
    await create(site, 'a');
    expect(await codeOf(create(site, 'b', more))).toBe(code);
    expect((await site.client.describeAutoScalingGroups({})).AutoScalingGroups).toHaveLength(1);
  });

  it('are refused where the group or the page does not exist', async () => {
    const { client } = await aSite();
    const gone = { AutoScalingGroupName: 'gone' };
    expect(await codeOf(client.updateAutoScalingGroup(gone))).toBe('ValidationError');
    expect(await codeOf(client.describeScalingActivities(gone))).toBe('ValidationError');
    expect(await codeOf(client.suspendProcesses(gone))).toBe('ValidationError');
    expect(await codeOf(client.describeAutoScalingGroups({ MaxRecords: 101 }))).toBe('ValidationError');
    expect(await codeOf(client.describeAutoScalingGroups({ NextToken: 'odd' }))).toBe('InvalidNextToken');
  });
});
