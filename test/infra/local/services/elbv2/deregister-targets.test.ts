import { expect, test } from '@jest/globals';
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Site } from './an-account';
import { anInstance, anInterface, aSite, aTargetGroup, putInUse, register, states } from './an-account';

const DELAY_MS = 300_000;

async function deregister({ client }: Site, TargetGroupArn: string, Targets: { Id: string; Port?: number }[]) {
  await client.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
}

async function setDelay({ client }: Site, TargetGroupArn: string, Value: string): Promise<void> {
  const Attributes = [{ Key: 'deregistration_delay.timeout_seconds', Value }];
  await client.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
}

test('a target drains for five minutes and is gone then', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await putInUse(site, arn);
  const { v4 } = anInterface(site, site.dualA);
  await register(site, arn, [{ Id: v4 }]);
  await deregister(site, arn, [{ Id: v4 }]);
  await site.clock.advance(DELAY_MS - 1);
  expect(await states(site, arn)).toEqual({ [`${v4}:80`]: 'draining Target.DeregistrationInProgress' });
  await site.clock.advance(1);
  expect(await states(site, arn)).toEqual({});
  const named = new DescribeTargetHealthCommand({ TargetGroupArn: arn, Targets: [{ Id: v4 }] });
  expect((await site.client.send(named)).TargetHealthDescriptions).toMatchObject([
    { TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered' } },
  ]);
});

test('asking again changes nothing about the draining', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await putInUse(site, arn);
  await register(site, arn, [{ Id: '10.0.1.9' }]);
  await deregister(site, arn, [{ Id: '10.0.1.9' }]);
  await setDelay(site, arn, '0');
  await deregister(site, arn, [{ Id: '10.0.1.9' }]);
  await site.clock.advance(DELAY_MS - 1);
  expect(await states(site, arn)).toEqual({ '10.0.1.9:80': 'draining Target.DeregistrationInProgress' });
  await site.clock.advance(1);
  expect(await states(site, arn)).toEqual({});
});

test.each(['0', '7'])('a delay of %s seconds is kept', async (delay) => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await putInUse(site, arn);
  await setDelay(site, arn, delay);
  await register(site, arn, [{ Id: '10.0.1.9' }]);
  await deregister(site, arn, [{ Id: '10.0.1.9' }]);
  expect(Object.keys(await states(site, arn))).toHaveLength(delay === '0' ? 0 : 1);
  await site.clock.advance(Number(delay) * 1_000);
  expect(await states(site, arn)).toEqual({});
});

test('an address cannot be registered again while it drains, an instance can', async () => {
  const site = await aSite();
  const ips = await aTargetGroup(site);
  await putInUse(site, ips);
  await register(site, ips, [{ Id: '10.0.1.9' }]);
  await deregister(site, ips, [{ Id: '10.0.1.9' }]);
  await expect(register(site, ips, [{ Id: '10.0.1.10' }, { Id: '10.0.1.9' }])).rejects.toMatchObject({
    name: 'InvalidTargetException',
  });
  expect(Object.keys(await states(site, ips))).toEqual(['10.0.1.9:80']);
  await site.clock.advance(DELAY_MS);
  await register(site, ips, [{ Id: '10.0.1.9' }]);
  expect(await states(site, ips)).toEqual({ '10.0.1.9:80': 'initial Elb.RegistrationInProgress' });
});

test('an instance that is registered again stops draining', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site, { TargetType: 'instance' });
  await putInUse(site, arn);
  const { id } = await anInstance(site, { primaryIpv6: false });
  await register(site, arn, [{ Id: id }]);
  await deregister(site, arn, [{ Id: id }]);
  await register(site, arn, [{ Id: id }]);
  await site.clock.advance(DELAY_MS);
  expect(await states(site, arn)).toEqual({ [`${id}:80`]: 'healthy' });
});

test('without a port only the registration with the port of the group goes, and nobody complains', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await register(site, arn, [
    { Id: '10.0.1.8', Port: 80 },
    { Id: '10.0.1.8', Port: 8080 },
    { Id: '10.0.1.9', Port: 8080 },
  ]);
  await deregister(site, arn, [{ Id: '10.0.1.8' }, { Id: '10.0.1.9' }, { Id: '10.0.1.200' }]);
  expect(Object.keys(await states(site, arn))).toEqual(['10.0.1.8:8080', '10.0.1.9:8080']);
});

test('a target of a group without load balancer goes at once', async () => {
  const site = await aSite();
  const arn = await aTargetGroup(site);
  await register(site, arn, [{ Id: '10.0.1.9' }]);
  await deregister(site, arn, [{ Id: '10.0.1.9' }]);
  expect(await states(site, arn)).toEqual({});
});
