import { expect, test } from '@jest/globals';
import type {
  CreateTargetGroupCommandInput,
  DescribeTargetGroupsCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DeleteTargetGroupCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { aSite, aTargetGroup, describeNew, putInUse } from './an-account';

test('a group is ipv4 and checked over HTTP unless it says otherwise', async () => {
  const site = await aSite();
  expect(await describeNew(site, {})).toEqual({
    TargetGroupArn: expect.stringMatching(
      /^arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup\/web\/[0-9a-f]{16}$/,
    ),
    TargetGroupName: 'web',
    Protocol: 'HTTP',
    Port: 80,
    VpcId: site.vpc.id,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    HealthCheckPath: '/',
    Matcher: { HttpCode: '200' },
    LoadBalancerArns: [],
    TargetType: 'ip',
    ProtocolVersion: 'HTTP1',
    IpAddressType: 'ipv4',
  });
});

test('a TCP group is checked over TCP', async () => {
  const site = await aSite();
  const group = await describeNew(site, { Protocol: 'TCP', TargetType: undefined, IpAddressType: 'ipv6' });
  expect(group).toMatchObject({
    ...{ TargetType: 'instance', IpAddressType: 'ipv6', HealthCheckProtocol: 'TCP', HealthCheckTimeoutSeconds: 10 },
  });
  expect(group).not.toHaveProperty('HealthCheckPath');
  expect(group).not.toHaveProperty('Matcher');
  expect(group).not.toHaveProperty('ProtocolVersion');
});

test.each<{ what: string; wrong: Partial<CreateTargetGroupCommandInput>; message?: string }>([
  { what: 'no protocol', wrong: { Protocol: undefined }, message: 'A protocol must be specified' },
  { what: 'no port', wrong: { Port: undefined }, message: 'A port must be specified' },
  { what: 'no VPC', wrong: { VpcId: undefined }, message: 'A VPC ID must be specified' },
  {
    what: 'an unknown VPC',
    wrong: { VpcId: 'vpc-0123456789abcdef0' },
    message: "The VPC ID 'vpc-0123456789abcdef0' is not found",
  },
  { what: 'port 0', wrong: { Port: 0 } },
  { what: 'a name that ends with a hyphen', wrong: { Name: 'web-' } },
  { what: 'a name with an underscore', wrong: { Name: 'web_1' } },
  { what: 'an IPv6 group of load balancers', wrong: { TargetType: 'alb', Protocol: 'TCP', IpAddressType: 'ipv6' } },
  { what: 'an unknown address type', wrong: { IpAddressType: 'dualstack' as 'ipv6' } },
  { what: 'an unknown protocol', wrong: { Protocol: 'FTP' as 'TCP' } },
  { what: 'an unknown type', wrong: { TargetType: 'pod' as 'ip' } },
  { what: 'a TCP check of an HTTP group', wrong: { HealthCheckProtocol: 'TCP' } },
  { what: 'an interval of 4 seconds', wrong: { HealthCheckIntervalSeconds: 4 } },
  {
    what: 'a timeout as long as the interval',
    wrong: { HealthCheckIntervalSeconds: 30, HealthCheckTimeoutSeconds: 30 },
  },
  { what: 'a threshold of 1', wrong: { HealthyThresholdCount: 1 } },
  { what: 'a path without a slash', wrong: { HealthCheckPath: 'health' } },
  { what: 'a named check port', wrong: { HealthCheckPort: 'http' } },
  { what: 'checks switched off', wrong: { HealthCheckEnabled: false } },
  { what: 'a protocol version that does not exist', wrong: { ProtocolVersion: 'HTTP9' } },
  { what: 'a matcher for TCP checks', wrong: { Protocol: 'TCP', Matcher: { HttpCode: '200' } } },
])('refuses $what', async ({ wrong, message }) => {
  const site = await aSite();
  await expect(aTargetGroup(site, wrong)).rejects.toMatchObject({
    name: 'ValidationError',
    message: message ?? expect.any(String),
  });
  expect((await site.client.send(new DescribeTargetGroupsCommand())).TargetGroups).toEqual([]);
});

test('what is not simulated is said to be so', async () => {
  const site = await aSite();
  for (const overrides of [{ TargetType: 'lambda' }, { Protocol: 'GENEVE' }, { Protocol: 'QUIC' }] as const) {
    await expect(aTargetGroup(site, overrides)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  }
});

test('creating it twice with the same settings is creating it once', async () => {
  const site = await aSite();
  expect(await aTargetGroup(site)).toBe(await aTargetGroup(site));
  await expect(aTargetGroup(site, { IpAddressType: 'ipv6' })).rejects.toMatchObject({
    name: 'DuplicateTargetGroupNameException',
    message: "A target group with the same name 'web' exists, but with different settings",
  });
});

test('groups are found by name, by ARN, by load balancer, and by one of these at a time', async () => {
  const site = await aSite();
  const used = await aTargetGroup(site, { Name: 'used' });
  const unused = await aTargetGroup(site, { Name: 'unused' });
  await putInUse(site, used);
  const find = async (request: DescribeTargetGroupsCommandInput) =>
    (await site.client.send(new DescribeTargetGroupsCommand(request))).TargetGroups ?? [];
  const [group] = await find({ Names: ['used'] });
  const LoadBalancerArn = group?.LoadBalancerArns?.[0] ?? '';
  expect(LoadBalancerArn).toContain(':loadbalancer/app/front/');
  expect((await find({ LoadBalancerArn })).map(({ TargetGroupArn }) => TargetGroupArn)).toEqual([used]);
  expect((await find({ TargetGroupArns: [unused] })).map(({ LoadBalancerArns }) => LoadBalancerArns)).toEqual([[]]);
  await expect(find({ LoadBalancerArn, Names: ['used'] })).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(find({ Names: ['none'] })).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' });
});

test('a page holds what was asked for', async () => {
  const site = await aSite();
  for (const Name of ['a', 'b', 'c']) await aTargetGroup(site, { Name });
  const sizes: number[] = [];
  for await (const page of paginateDescribeTargetGroups({ client: site.client }, { PageSize: 2 })) {
    sizes.push(page.TargetGroups?.length ?? 0);
  }
  expect(sizes).toEqual([2, 1]);
});

test('a group in use cannot be deleted, an unused one can, even twice', async () => {
  const site = await aSite();
  const used = await aTargetGroup(site, { Name: 'used' });
  await putInUse(site, used);
  await expect(site.client.send(new DeleteTargetGroupCommand({ TargetGroupArn: used }))).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: `Target group '${used}' is currently in use by a listener or a rule`,
  });
  const TargetGroupArn = await aTargetGroup(site, { Name: 'unused' });
  await site.client.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
  await site.client.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
  const { TargetGroups } = await site.client.send(new DescribeTargetGroupsCommand());
  expect(TargetGroups?.map((group) => group.TargetGroupArn)).toEqual([used]);
});

test('health checks change in part, and as a whole with the protocol', async () => {
  const site = await aSite();
  const TargetGroupArn = await aTargetGroup(site, { Protocol: 'TCP' });
  const modify = async (request: object) =>
    (await site.client.send(new ModifyTargetGroupCommand({ TargetGroupArn, ...request }))).TargetGroups?.[0];
  expect(await modify({ HealthyThresholdCount: 3 })).toMatchObject({
    ...{ HealthyThresholdCount: 3, UnhealthyThresholdCount: 2, HealthCheckProtocol: 'TCP' },
  });
  expect(await modify({ HealthCheckProtocol: 'HTTP' })).toMatchObject({
    ...{ HealthCheckProtocol: 'HTTP', HealthCheckPath: '/', Matcher: { HttpCode: '200-399' } },
  });
  await expect(modify({ HealthCheckTimeoutSeconds: 31 })).rejects.toMatchObject({ name: 'ValidationError' });
});

test('attributes have the defaults of the kind of group', async () => {
  const site = await aSite();
  const attributes = async (TargetGroupArn: string) => {
    const { Attributes } = await site.client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
    return Object.fromEntries((Attributes ?? []).map(({ Key = '', Value }) => [Key, Value]));
  };
  expect(await attributes(await aTargetGroup(site, { Name: 'http' }))).toMatchObject({
    'deregistration_delay.timeout_seconds': '300',
    'stickiness.type': 'lb_cookie',
    'load_balancing.algorithm.type': 'round_robin',
  });
  expect(await attributes(await aTargetGroup(site, { Name: 'tcp', Protocol: 'TCP' }))).toMatchObject({
    'deregistration_delay.timeout_seconds': '300',
    'preserve_client_ip.enabled': 'false',
    'stickiness.type': 'source_ip',
  });
  expect(await attributes(await aTargetGroup(site, { Name: 'udp', Protocol: 'UDP' }))).toMatchObject({
    'preserve_client_ip.enabled': 'true',
    'deregistration_delay.connection_termination.enabled': 'true',
  });
});

test.each([
  ['deregistration_delay.timeout_seconds', '3601'],
  ['deregistration_delay.timeout_seconds', 'soon'],
  ['stickiness.enabled', 'yes'],
  ['slow_start.duration_seconds', '29'],
  ['preserve_client_ip.enabled', 'true'],
  ['no.such.attribute', 'true'],
])('attribute %s cannot be %s in an HTTP group, nor what stands beside it', async (Key, Value) => {
  const site = await aSite();
  const TargetGroupArn = await aTargetGroup(site);
  const Attributes = [
    { Key: 'deregistration_delay.timeout_seconds', Value: '60' },
    { Key, Value },
  ];
  const modify = new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes });
  await expect(site.client.send(modify)).rejects.toMatchObject({ name: 'ValidationError' });
  const after = await site.client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  expect(after.Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '300' });
});
