import { describe, expect, it } from '@jest/globals';
import { aGroup, aSite, ids, members, running, SOON, theGroup, type Site } from './a-site';

const PRIMARY = { NetworkInterfaces: [{ DeviceIndex: 0, Ipv6AddressCount: 1, PrimaryIpv6: true }] };

async function aTargetGroup({ elb, vpcId }: Site, IpAddressType: 'ipv4' | 'ipv6' = 'ipv4'): Promise<string> {
  const { TargetGroups = [] } = await elb.createTargetGroup({
    ...{ Name: `web-${IpAddressType}`, Protocol: 'HTTP', Port: 80, VpcId: vpcId, TargetType: 'instance' },
    IpAddressType,
  });
  return TargetGroups[0]?.TargetGroupArn ?? '';
}

async function targets({ elb }: Site, TargetGroupArn: string): Promise<readonly string[]> {
  const { TargetHealthDescriptions = [] } = await elb.describeTargetHealth({ TargetGroupArn });
  return TargetHealthDescriptions.map(({ Target }) => Target?.Id ?? '').sort();
}

/** A load balancer in front of the group, so that targets are checked, and drained for `seconds`. */
async function aBalancer(site: Site, TargetGroupArn: string, seconds: number): Promise<void> {
  const { LoadBalancers = [] } = await site.elb.createLoadBalancer({
    ...{ Name: 'web', Type: 'application', Scheme: 'internal', Subnets: [...site.subnets] },
  });
  await site.elb.createListener({
    ...{ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn, Protocol: 'HTTP', Port: 80 },
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value: String(seconds) }];
  await site.elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes });
}

describe('instances of a group', () => {
  it('are in the target groups of the group while they are in service', async () => {
    const site = await aSite();
    const arn = await aTargetGroup(site);
    await aGroup(site, { DesiredCapacity: 2, TargetGroupARNs: [arn] });
    expect(await targets(site, arn)).toEqual([...(await ids(site))].sort());
    await site.client.setDesiredCapacity({ AutoScalingGroupName: 'g', DesiredCapacity: 1 });
    await site.clock.advance(SOON);
    expect(await targets(site, arn)).toEqual(await ids(site));
    const attached = { AutoScalingGroupName: 'g', TargetGroupARNs: [arn] };
    await site.client.detachLoadBalancerTargetGroups(attached);
    await site.clock.advance(SOON);
    expect(await targets(site, arn)).toEqual([]);
    await site.client.attachLoadBalancerTargetGroups(attached);
    await site.clock.advance(SOON);
    expect(await targets(site, arn)).toEqual(await ids(site));
  });

  it('stay out of an IPv6 target group for want of a primary IPv6 address, until they have one', async () => {
    const site = await aSite({ NetworkInterfaces: [{ DeviceIndex: 0, Ipv6AddressCount: 1 }] });
    const arn = await aTargetGroup(site, 'ipv6');
    await aGroup(site, { DesiredCapacity: 2, TargetGroupARNs: [arn] });
    expect(await members(site)).toMatchObject([{ LifecycleState: 'InService' }, { LifecycleState: 'InService' }]);
    expect(await targets(site, arn)).toEqual([]);
    const [mended = ''] = await ids(site);
    const { Reservations = [] } = await site.ec2.describeInstances({ InstanceIds: [mended] });
    const NetworkInterfaceId = Reservations[0]?.Instances?.[0]?.NetworkInterfaces?.[0]?.NetworkInterfaceId;
    await site.ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, EnablePrimaryIpv6: true });
    await site.clock.advance(SOON);
    expect(await targets(site, arn)).toEqual([mended]);
  });

  it('join an IPv6 target group where the template gives them a primary IPv6 address', async () => {
    const site = await aSite(PRIMARY);
    const arn = await aTargetGroup(site, 'ipv6');
    await aGroup(site, { DesiredCapacity: 2, TargetGroupARNs: [arn] });
    expect(await targets(site, arn)).toEqual([...(await ids(site))].sort());
  });

  it('are drained before they are terminated', async () => {
    const site = await aSite();
    const arn = await aTargetGroup(site);
    await aBalancer(site, arn, 120);
    await aGroup(site, { DesiredCapacity: 1, TargetGroupARNs: [arn] });
    await site.client.setDesiredCapacity({ AutoScalingGroupName: 'g', DesiredCapacity: 0 });
    await site.clock.advance(60_000);
    expect(await members(site)).toMatchObject([{ LifecycleState: 'Terminating' }]);
    expect(await running(site)).toHaveLength(1);
    await site.clock.advance(90_000);
    expect(await members(site)).toEqual([]);
    expect(await running(site)).toEqual([]);
  });

  it('are described one by one, with the group that they belong to', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 3 });
    const [first = ''] = await ids(site);
    const one = await site.client.describeAutoScalingInstances({ InstanceIds: [first, 'i-00000000'] });
    expect(one.AutoScalingInstances).toEqual([
      {
        ...{ InstanceId: first, InstanceType: 't3.micro', AutoScalingGroupName: 'g' },
        ...{ AvailabilityZone: 'eu-west-2a', AvailabilityZoneId: 'euw2-az1' },
        ...{ LifecycleState: 'InService', HealthStatus: 'HEALTHY', ProtectedFromScaleIn: false },
        LaunchTemplate: { ...(await theGroup(site)).LaunchTemplate, Version: '1' },
      },
    ]);
    const page = await site.client.describeAutoScalingInstances({ MaxRecords: 2 });
    expect(page.AutoScalingInstances).toHaveLength(2);
    const rest = await site.client.describeAutoScalingInstances({ MaxRecords: 2, NextToken: page.NextToken });
    expect(rest.AutoScalingInstances).toHaveLength(1);
    expect(rest.NextToken).toBeUndefined();
  });

  it('are terminated by request, with or without a replacement', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 2, MinSize: 1 });
    const [first = '', second = ''] = await ids(site);
    const terminate = (InstanceId: string, ShouldDecrementDesiredCapacity: boolean) =>
      site.client.terminateInstanceInAutoScalingGroup({ InstanceId, ShouldDecrementDesiredCapacity });
    const { Activity } = await terminate(first, false);
    expect(Activity).toMatchObject({ StatusCode: 'InProgress', Description: `Terminating EC2 instance: ${first}` });
    await site.clock.advance(SOON);
    expect(await ids(site)).toHaveLength(2);
    expect(await running(site)).not.toContain(first);
    await terminate(second, true);
    await site.clock.advance(SOON);
    const [left = '', ...others] = await ids(site);
    expect(others).toEqual([]);
    await expect(terminate(left, true)).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(terminate('i-00000000', true)).rejects.toMatchObject({ name: 'ValidationError' });
    expect((await theGroup(site)).DesiredCapacity).toBe(1);
  });

  it('are replaced when someone calls them unhealthy', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 1 });
    const [InstanceId = ''] = await ids(site);
    await site.client.setInstanceHealth({ InstanceId, HealthStatus: 'Unhealthy' });
    await site.clock.advance(SOON);
    expect(await ids(site)).toHaveLength(1);
    expect(await running(site)).not.toContain(InstanceId);
  });

  it('come and go by hand', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 1, MaxSize: 2 });
    const [launched = ''] = await ids(site);
    const { Instances = [] } = await site.ec2.runInstances({
      ...{ LaunchTemplate: { LaunchTemplateName: 'hosts' }, SubnetId: site.subnets[1], MinCount: 1, MaxCount: 1 },
    });
    const InstanceIds = [Instances[0]?.InstanceId ?? ''];
    const attach = () => site.client.attachInstances({ AutoScalingGroupName: 'g', InstanceIds });
    await expect(attach()).rejects.toThrow('is not in running state');
    await site.clock.advance(SOON);
    await attach();
    await site.clock.advance(SOON);
    expect(await theGroup(site)).toMatchObject({ DesiredCapacity: 2, Instances: [{}, { InstanceId: InstanceIds[0] }] });
    await expect(attach()).rejects.toMatchObject({ name: 'ValidationError' });
    const detach = (ids: string[], ShouldDecrementDesiredCapacity: boolean) =>
      site.client.detachInstances({ AutoScalingGroupName: 'g', InstanceIds: ids, ShouldDecrementDesiredCapacity });
    await detach(InstanceIds, true);
    await site.clock.advance(SOON);
    expect(await ids(site)).toEqual([launched]);
    await detach([launched], false);
    await site.clock.advance(SOON);
    expect(await ids(site)).toHaveLength(1);
    expect(await ids(site)).not.toContain(launched);
    expect(await running(site)).toEqual(expect.arrayContaining([launched, ...InstanceIds]));
  });
});
