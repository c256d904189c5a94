import { expect, test } from '@jest/globals';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { stopInstance } from '../../../../../infra/local/services/ec2/instance-lifecycle';
import { releaseNetworkInterface } from '../../../../../infra/local/services/ec2/network-interface-lifecycle';
import { allNetworkInterfaces } from '../../../../../infra/local/services/ec2/network-interface';
import {
  aLoadBalancer,
  anInstance,
  anInterface,
  aSite,
  aTargetGroup,
  forwardTo,
  listen,
  putInUse,
  register,
  states,
} from './an-account';

const INTERVAL_MS = 30_000;

test('behind an Application Load Balancer a new target is initial until it passed its first check', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site, { IpAddressType: 'ipv6' });
  await putInUse(site, arn);
  const { v6 } = anInterface(site, site.dualA);
  await register(site, arn, [{ Id: v6, Port: 8080 }]);
  expect(await states(site, arn)).toEqual({ [`${v6}:8080`]: 'initial Elb.RegistrationInProgress' });
  await site.clock.advance(INTERVAL_MS - 1);
  expect(await states(site, arn)).toEqual({ [`${v6}:8080`]: 'initial Elb.RegistrationInProgress' });
  await site.clock.advance(1);
  expect(await states(site, arn)).toEqual({ [`${v6}:8080`]: 'healthy' });
});

test('behind a Network Load Balancer it has to pass as often as the group says', async () => {
  const site = await aSite();
  const TargetGroupArn = await aTargetGroup(site, { Protocol: 'TCP', HealthyThresholdCount: 3 });
  const Subnets = [site.dualA.id];
  const made = await site.client.send(new CreateLoadBalancerCommand({ Name: 'net', Type: 'network', Subnets }));
  const LoadBalancerArn = made.LoadBalancers?.[0]?.LoadBalancerArn;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn } as const];
  await site.client.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'TCP', Port: 80, DefaultActions }));
  await site.clock.advance(INTERVAL_MS);
  const { v4 } = anInterface(site, site.dualA);
  await register(site, TargetGroupArn, [{ Id: v4 }]);
  await site.clock.advance(2 * INTERVAL_MS);
  expect(await states(site, TargetGroupArn)).toEqual({ [`${v4}:80`]: 'initial Elb.InitialHealthChecking' });
  await site.clock.advance(INTERVAL_MS);
  expect(await states(site, TargetGroupArn)).toEqual({ [`${v4}:80`]: 'healthy' });
});

test('a target whose address nobody holds any more stays registered and turns unhealthy', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await putInUse(site, arn);
  const task = anInterface(site, site.dualA);
  await register(site, arn, [{ Id: task.v4 }]);
  await site.clock.advance(INTERVAL_MS);
  releaseNetworkInterface(site.scope, task);
  await site.clock.advance(INTERVAL_MS);
  expect(await states(site, arn)).toEqual({ [`${task.v4}:80`]: 'healthy' });
  await site.clock.advance(INTERVAL_MS);
  expect(await states(site, arn)).toEqual({ [`${task.v4}:80`]: 'unhealthy Target.Timeout' });
});

test('a stopped instance is unused', async () => {
  const site = await aSite();
  const TargetGroupArn = await aTargetGroup(site, { TargetType: 'instance' });
  await putInUse(site, TargetGroupArn);
  const instance = await anInstance(site, { primaryIpv6: false });
  await register(site, TargetGroupArn, [{ Id: instance.id }]);
  await site.clock.advance(INTERVAL_MS);
  stopInstance(site.scope, instance);
  await site.clock.advance(10 * INTERVAL_MS);
  const { TargetHealthDescriptions } = await site.client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  expect(TargetHealthDescriptions).toEqual([
    {
      Target: { Id: instance.id, Port: 80 },
      TargetHealth: {
        State: 'unused',
        Reason: 'Target.InvalidState',
        Description: 'Target is in the stopped state',
      },
    },
  ]);
});

test('a target in a zone that the load balancer does not serve is unused', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await putInUse(site, arn);
  const { v4 } = anInterface(site, site.dualB);
  await register(site, arn, [{ Id: '10.0.3.9' }, { Id: v4 }]);
  await site.clock.advance(INTERVAL_MS);
  expect(await states(site, arn)).toEqual({ '10.0.3.9:80': 'unused Target.NotInUse', [`${v4}:80`]: 'healthy' });
});

test('when the load balancer goes, its targets are unused', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  const LoadBalancerArn = await aLoadBalancer(site);
  const DefaultActions = [{ Type: 'forward', TargetGroupArn: arn } as const];
  await site.client.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }));
  const { v4 } = anInterface(site, site.dualA);
  await register(site, arn, [{ Id: v4 }]);
  await site.clock.advance(INTERVAL_MS);
  expect(await states(site, arn)).toEqual({ [`${v4}:80`]: 'healthy' });
  await site.client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
  expect(await states(site, arn)).toEqual({ [`${v4}:80`]: 'unused Target.NotInUse' });
});

test('an address that a load balancer holds cannot be a target of use', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await putInUse(site, arn);
  const [own] = allNetworkInterfaces(site.scope)[0]?.ipv4 ?? [];
  await register(site, arn, [{ Id: own ?? '' }]);
  expect(await states(site, arn)).toEqual({ [`${own ?? ''}:80`]: 'unused Target.IpUnusable' });
});

test('behind a new load balancer a target begins anew', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  const LoadBalancerArn = await aLoadBalancer(site);
  await listen(site, { LoadBalancerArn, DefaultActions: forwardTo(arn) });
  const { v4 } = anInterface(site, site.dualA);
  await register(site, arn, [{ Id: v4 }]);
  await site.clock.advance(INTERVAL_MS);
  await site.client.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
  await site.clock.advance(INTERVAL_MS);
  await putInUse(site, arn);
  expect(await states(site, arn)).toEqual({ [`${v4}:80`]: 'initial Elb.RegistrationInProgress' });
});

test('the port of the health check is said where checks are made', async () => {
  const site = await aSite();
  const TargetGroupArn = await aTargetGroup(site, { HealthCheckPort: '9000' });
  await putInUse(site, TargetGroupArn);
  const { v4 } = anInterface(site, site.dualA);
  await register(site, TargetGroupArn, [{ Id: v4 }]);
  const { TargetHealthDescriptions } = await site.client.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  expect(TargetHealthDescriptions).toMatchObject([
    { Target: { Id: v4, Port: 80, AvailabilityZone: 'eu-west-2a' }, HealthCheckPort: '9000' },
  ]);
});

test('named targets are answered for in order, registered or not', async () => {
  const site = await aSite();
  const TargetGroupArn = await aTargetGroup(site);
  await register(site, TargetGroupArn, [{ Id: '10.0.1.8' }, { Id: '10.0.1.9', Port: 8080 }]);
  const Targets = [{ Id: '10.0.1.9' }, { Id: '10.0.1.9', Port: 8080 }];
  const { TargetHealthDescriptions } = await site.client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn, Targets }),
  );
  expect(TargetHealthDescriptions?.map(({ Target, TargetHealth }) => [Target?.Port, TargetHealth?.Reason])).toEqual([
    [80, 'Target.NotRegistered'],
    [8080, 'Target.NotInUse'],
  ]);
});
