import { expect, test } from '@jest/globals';
import { DescribeTargetHealthCommand, RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { stopInstance } from '../../../../../infra/local/services/ec2/instance-lifecycle';
import { aSite, aTargetGroup, anInstance, anInterface, register, states } from './an-account';

test.each([
  {
    IpAddressType: 'ipv4',
    what: 'an IPv6 address',
    Id: '2600:1f00::1',
    message: "The IP address '2600:1f00::1' is not a valid IPv4 address",
  },
  {
    IpAddressType: 'ipv6',
    what: 'an IPv4 address',
    Id: '10.0.1.9',
    message: "The IP address '10.0.1.9' is not a valid IPv6 address",
  },
  {
    IpAddressType: 'ipv4',
    what: 'an instance id',
    Id: 'i-0123456789abcdef0',
    message: "The IP address 'i-0123456789abcdef0' is not a valid IPv4 address",
  },
  {
    IpAddressType: 'ipv4',
    what: 'a private address outside the VPC without a zone',
    Id: '192.168.7.7',
    message: "The Availability Zone is required for IP address '192.168.7.7' because it is not in the VPC",
  },
  {
    IpAddressType: 'ipv4',
    what: 'a public address',
    Id: '8.8.8.8',
    message: "The IP address '8.8.8.8' is publicly routable and cannot be registered",
  },
] as const)('an $IpAddressType group refuses $what', async ({ IpAddressType, Id, message }) => {
  const site = await aSite();
  const arn = await aTargetGroup(site, { IpAddressType });
  await expect(register(site, arn, [{ Id }])).rejects.toMatchObject({ name: 'ValidationError', message });
});

test('an IPv6 address outside the VPC is refused, wherever it shall be used', async () => {
  const site = await aSite();
  const TargetGroupArn = await aTargetGroup(site, { IpAddressType: 'ipv6' });
  const Targets = [{ Id: '2a05:d018::1', AvailabilityZone: 'all' }];
  await expect(site.client.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: `The IP address '2a05:d018::1' is not within the VPC '${site.vpc.id}'`,
  });
});

test('an address outside the VPC is accepted for all zones, one inside keeps its own zone', async () => {
  const site = await aSite();
  const TargetGroupArn = await aTargetGroup(site);
  const { v4 } = anInterface(site, site.dualB);
  await site.client.send(
    new RegisterTargetsCommand({
      TargetGroupArn,
      Targets: [{ Id: '192.168.7.7', AvailabilityZone: 'all' }, { Id: v4 }],
    }),
  );
  const { TargetHealthDescriptions } = await site.client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  expect(TargetHealthDescriptions?.map(({ Target }) => Target)).toEqual([
    { Id: '192.168.7.7', Port: 80, AvailabilityZone: 'all' },
    { Id: v4, Port: 80, AvailabilityZone: 'eu-west-2b' },
  ]);
  const overridden = new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id: v4, AvailabilityZone: 'all' }] });
  await expect(site.client.send(overridden)).rejects.toMatchObject({
    message: `The IP address '${v4}' is within the VPC, and cannot have its Availability Zone overridden to 'all' from 'eu-west-2b'`,
  });
});

test('two spellings of one IPv6 address are one target', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site, { IpAddressType: 'ipv6' });
  const { v6 } = anInterface(site, site.dualA);
  await register(site, arn, [{ Id: v6 }]);
  await register(site, arn, [{ Id: v6.toUpperCase() }]);
  expect(Object.keys(await states(site, arn))).toEqual([`${v6}:80`]);
});

test('an instance is registered once for each port', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site, { TargetType: 'instance' });
  const { id } = await anInstance(site, { primaryIpv6: false });
  await register(site, arn, [{ Id: id }, { Id: id, Port: 32_768 }]);
  await register(site, arn, [{ Id: id }]);
  expect(Object.keys(await states(site, arn))).toEqual([`${id}:80`, `${id}:32768`]);
});

test('one instance without a primary IPv6 address keeps the whole batch out of an IPv6 group', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site, { TargetType: 'instance', IpAddressType: 'ipv6' });
  const good = await anInstance(site, { primaryIpv6: true });
  const bad = await anInstance(site, { primaryIpv6: false });
  const worse = await anInstance(site, { primaryIpv6: false });
  await expect(register(site, arn, [{ Id: good.id }, { Id: bad.id }, { Id: worse.id }])).rejects.toMatchObject({
    name: 'InvalidTargetException',
    message: `The following targets cannot be used with this IPv6 target group because of missing primary IPv6 addresses: ${bad.id}', '${worse.id}`,
  });
  expect(await states(site, arn)).toEqual({});
  await register(site, arn, [{ Id: good.id }]);
  expect(await states(site, arn)).toEqual({ [`${good.id}:80`]: 'unused Target.NotInUse' });
});

test('an instance that is not running or not there is refused', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site, { TargetType: 'instance' });
  const stopped = await anInstance(site, { primaryIpv6: false });
  stopInstance(site.scope, stopped);
  await site.clock.advance(120_000);
  await expect(register(site, arn, [{ Id: stopped.id }])).rejects.toMatchObject({
    name: 'InvalidTargetException',
    message: `The following targets are not in a running state and cannot be registered: '${stopped.id}'`,
  });
  await expect(register(site, arn, [{ Id: 'i-0123456789abcdef0' }])).rejects.toMatchObject({
    name: 'InvalidTargetException',
    message: "The following instances do not exist: 'i-0123456789abcdef0'",
  });
  await expect(register(site, arn, [{ Id: '10.0.1.9' }])).rejects.toMatchObject({
    name: 'ValidationError',
    message: "Instance ID '10.0.1.9' is not valid",
  });
});

test.each([0, 65_536])('port %d is refused', async (Port) => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await expect(register(site, arn, [{ Id: '10.0.1.9', Port }])).rejects.toMatchObject({ name: 'ValidationError' });
});

test('a group holds 1,000 targets', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  const targets = Array.from({ length: 1_000 }, (_, index) => ({ Id: '10.0.1.9', Port: 1_000 + index }));
  await register(site, arn, targets);
  await expect(register(site, arn, [{ Id: '10.0.1.9', Port: 9_999 }])).rejects.toMatchObject({
    name: 'TooManyTargetsException',
  });
});

test('a target group that does not exist takes no targets', async () => {
  const site = await aSite();
  const arn = 'arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/none/0123456789abcdef';
  await expect(register(site, arn, [{ Id: '10.0.1.9' }])).rejects.toMatchObject({
    name: 'TargetGroupNotFoundException',
    message: 'One or more target groups not found',
  });
});
