import { describe, expect, it } from '@jest/globals';
import { aGroup, aSite, ids, members, running, scalingEvents, SOON, theGroup } from './a-site';

const LAUNCHED = 'EC2 Instance Launch Successful';
const NOT_LAUNCHED = 'EC2 Instance Launch Unsuccessful';
const TERMINATED = 'EC2 Instance Terminate Successful';

describe('a group with a desired capacity', () => {
  it('launches from its template, spread over the zones, and says so', async () => {
    const site = await aSite();
    await aGroup(site, {
      DesiredCapacity: 4,
      Tags: [
        { Key: 'team', Value: 'a', PropagateAtLaunch: true },
        { Key: 'own', Value: 'b', PropagateAtLaunch: false },
      ],
    });
    const found = await members(site);
    expect(found.map(({ AvailabilityZone }) => AvailabilityZone).sort()).toEqual(
      ['a', 'a', 'b', 'b'].map((zone) => `eu-west-2${zone}`),
    );
    expect(found[0]).toMatchObject({
      InstanceType: 't3.micro',
      LifecycleState: 'InService',
      HealthStatus: 'Healthy',
      LaunchTemplate: { LaunchTemplateName: 'hosts', Version: '1' },
      ProtectedFromScaleIn: false,
    });
    expect([...(await running(site))].sort()).toEqual([...(await ids(site))].sort());
    const { Tags = [] } = await site.ec2.describeTags({
      Filters: [{ Name: 'resource-id', Values: [found[0]?.InstanceId ?? ''] }],
    });
    const tags = Object.fromEntries(Tags.map(({ Key = '', Value }) => [Key, Value]));
    expect(tags).toMatchObject({ team: 'a', 'aws:autoscaling:groupName': 'g', 'aws:ec2launchtemplate:version': '1' });
    expect(tags).not.toHaveProperty('own');
    expect(scalingEvents(site, LAUNCHED)).toHaveLength(4);
  });

  it('publishes the event of a launch in the shape of AWS, after EC2 says that the instance runs', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 1 });
    const [id = ''] = await ids(site);
    const [event] = scalingEvents(site, LAUNCHED);
    const { AutoScalingGroupARN } = await theGroup(site);
    expect(event?.resources).toEqual([AutoScalingGroupARN, `arn:aws:ec2:eu-west-2:111122223333:instance/${id}`]);
    const { Activities: [activity] = [] } = await site.client.describeScalingActivities({ AutoScalingGroupName: 'g' });
    expect(event?.detail).toEqual({
      StatusCode: 'InProgress',
      StatusMessage: '',
      Description: `Launching a new EC2 instance: ${id}`,
      AutoScalingGroupName: 'g',
      ActivityId: activity?.ActivityId,
      RequestId: activity?.ActivityId,
      Details: { 'Availability Zone': 'eu-west-2a', 'Subnet ID': site.subnets[0] },
      EC2InstanceId: id,
      StartTime: '2026-11-22T10:00:00.500Z',
      EndTime: expect.stringMatching(/^2026-11-22T10:00:0\d\.\d{3}Z$/),
      Cause: expect.stringContaining('increasing the capacity from 0 to 1'),
      Origin: 'EC2',
      Destination: 'AutoScalingGroup',
    });
    expect(activity).toMatchObject({ StatusCode: 'Successful', Progress: 100, EndTime: expect.any(Date) });
    const order = site.events.map(({ 'detail-type': type, detail }) => [type, detail['state']]);
    expect(order).toEqual([
      ['EC2 Instance State-change Notification', 'pending'],
      ['EC2 Instance State-change Notification', 'running'],
      [LAUNCHED, undefined],
    ]);
  });

  it('replaces what somebody else terminated or stopped', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 2 });
    const [gone = '', stopped = ''] = await ids(site);
    await site.ec2.terminateInstances({ InstanceIds: [gone] });
    await site.ec2.stopInstances({ InstanceIds: [stopped] });
    await site.clock.advance(SOON);
    const now = await ids(site);
    expect(now).toHaveLength(2);
    expect(now).not.toContain(gone);
    expect(now).not.toContain(stopped);
    expect([...(await running(site))].sort()).toEqual([...now].sort());
    expect(scalingEvents(site, TERMINATED).map(({ detail }) => detail['EC2InstanceId'])).toEqual(
      expect.arrayContaining([gone, stopped]),
    );
    const { Activities = [] } = await site.client.describeScalingActivities({});
    expect(
      Activities.map(({ Cause = '' }) => Cause).filter((cause) => cause.includes('EC2 health check')),
    ).toHaveLength(2);
  });

  it('grows and shrinks with its desired capacity, the fullest zone and the oldest version first', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 2 });
    const old = await ids(site);
    await site.ec2.createLaunchTemplateVersion({
      ...{ LaunchTemplateName: 'hosts', SourceVersion: '1' },
      LaunchTemplateData: { InstanceType: 'm5.large' },
    });
    const LaunchTemplate = { LaunchTemplateName: 'hosts', Version: '$Latest' };
    await site.client.updateAutoScalingGroup({ AutoScalingGroupName: 'g', LaunchTemplate });
    await site.client.setDesiredCapacity({ AutoScalingGroupName: 'g', DesiredCapacity: 4 });
    await site.clock.advance(SOON);
    expect((await members(site)).map(({ InstanceType }) => InstanceType).sort()).toEqual([
      'm5.large',
      'm5.large',
      't3.micro',
      't3.micro',
    ]);
    await site.client.setDesiredCapacity({ AutoScalingGroupName: 'g', DesiredCapacity: 2 });
    await site.clock.advance(SOON);
    const left = await members(site);
    expect(left.map(({ AvailabilityZone }) => AvailabilityZone).sort()).toEqual(['eu-west-2a', 'eu-west-2b']);
    expect(left.filter(({ InstanceId = '' }) => old.includes(InstanceId))).toEqual([]);
    expect(await running(site)).toHaveLength(2);
  });

  it('takes no protected instance away', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 2, NewInstancesProtectedFromScaleIn: true });
    const [free = ''] = await ids(site);
    await site.client.setInstanceProtection({
      ...{ AutoScalingGroupName: 'g', InstanceIds: [free], ProtectedFromScaleIn: false },
    });
    await site.client.setDesiredCapacity({ AutoScalingGroupName: 'g', DesiredCapacity: 0 });
    await site.clock.advance(SOON);
    expect(await ids(site)).toHaveLength(1);
    expect(await ids(site)).not.toContain(free);
  });

  it('goes to another zone where one is full, and tries again later where all are', async () => {
    const site = await aSite();
    const [small, other] = [site.subnet('a', 8, '10.0.8.0/28'), site.subnet('b', 9, '10.0.9.0/28')];
    await aGroup(site, { DesiredCapacity: 25, MaxSize: 25, VPCZoneIdentifier: `${small},${other}` });
    // eleven addresses each
    expect(await ids(site)).toHaveLength(22);
    const failures = async () => {
      const { Activities = [] } = await site.client.describeScalingActivities({ AutoScalingGroupName: 'g' });
      return Activities.filter(({ StatusCode }) => StatusCode === 'Failed');
    };
    const before = await failures();
    expect(before[0]).toMatchObject({
      Description: expect.stringMatching(
        /^Launching a new EC2 instance\. {2}Status Reason: .* Launching EC2 instance failed\.$/,
      ),
      StatusMessage: expect.stringContaining('free addresses'),
      Progress: 100,
    });
    const [event] = scalingEvents(site, NOT_LAUNCHED);
    expect(event?.resources).toHaveLength(1);
    expect(event?.detail).toMatchObject({ StatusCode: 'Failed', EC2InstanceId: '', AutoScalingGroupName: 'g' });
    await site.clock.advance(120_000);
    expect((await failures()).length).toBeGreaterThan(before.length);
    await site.client.updateAutoScalingGroup({
      ...{ AutoScalingGroupName: 'g', VPCZoneIdentifier: [small, other, ...site.subnets].join(',') },
    });
    await site.clock.advance(SOON);
    expect(await ids(site)).toHaveLength(25);
  });

  it('fails aloud while its template is gone, and recovers with another', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 0 });
    await site.ec2.deleteLaunchTemplate({ LaunchTemplateName: 'hosts' });
    await site.client.setDesiredCapacity({ AutoScalingGroupName: 'g', DesiredCapacity: 1 });
    await site.clock.advance(SOON);
    expect(await ids(site)).toEqual([]);
    const { Activities: [failed] = [] } = await site.client.describeScalingActivities({ AutoScalingGroupName: 'g' });
    expect(failed?.StatusMessage).toMatch(/template ID lt-[0-9a-f]+, does not exist/);
    const LaunchTemplateData = { ImageId: 'ami-0ec5a120230000001', InstanceType: 't3.micro' as const };
    await site.ec2.createLaunchTemplate({ LaunchTemplateName: 'again', LaunchTemplateData });
    const LaunchTemplate = { LaunchTemplateName: 'again' };
    await site.client.updateAutoScalingGroup({ AutoScalingGroupName: 'g', LaunchTemplate });
    await site.clock.advance(SOON);
    expect(await ids(site)).toHaveLength(1);
  });

  it('gives instances the addresses that the interfaces of the template ask for, in the subnets of the group', async () => {
    const NetworkInterfaces = [{ DeviceIndex: 0, Ipv6AddressCount: 1, PrimaryIpv6: true }];
    const site = await aSite({ NetworkInterfaces });
    await aGroup(site, { DesiredCapacity: 2 });
    const { Reservations = [] } = await site.ec2.describeInstances({});
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    expect(instances.map(({ SubnetId }) => SubnetId).sort()).toEqual([...site.subnets].sort());
    for (const { NetworkInterfaces: [eni] = [] } of instances) {
      expect(eni?.Ipv6Addresses).toMatchObject([{ IsPrimaryIpv6: true }]);
    }
  });

  it('does nothing while its processes are suspended', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 1 });
    const named = { AutoScalingGroupName: 'g' };
    const [first = ''] = await ids(site);
    await site.client.suspendProcesses({ ...named, ScalingProcesses: ['Launch', 'Terminate', 'ReplaceUnhealthy'] });
    await site.client.setDesiredCapacity({ ...named, DesiredCapacity: 3 });
    await site.ec2.stopInstances({ InstanceIds: [first] });
    await site.clock.advance(SOON);
    expect(await members(site)).toMatchObject([{ InstanceId: first, HealthStatus: 'Unhealthy' }]);
    expect((await theGroup(site)).SuspendedProcesses).toHaveLength(3);
    await site.client.resumeProcesses(named);
    await site.clock.advance(SOON);
    expect(await ids(site)).toHaveLength(3);
    expect(await ids(site)).not.toContain(first);
    expect((await theGroup(site)).SuspendedProcesses).toEqual([]);
  });
});
