/** A record of an API call about an interface leads to its instance, as that is by then. */
import { DescribeInstancesCommand, EC2Client, ModifyNetworkInterfaceAttributeCommand } from '@aws-sdk/client-ec2';
import { expect, it } from '@jest/globals';
import { toRequests } from '../../lib/trigger/to-requests';
import { aHost, aSite } from '../infra/local/services/ecs/a-site';
import { eventFixture } from '../support/event-fixture';
import { clientSettings } from '../support/local-account';
import { aHealingController } from './a-healing-controller';

const RULE = 'instance-without-primary-ipv6';

it('is how a host that was given its primary IPv6 address is found right at once', async () => {
  const site = await aSite();
  const { ec2InstanceId } = await aHost(site, { subnet: site.ipv6A });
  const ec2 = new EC2Client(clientSettings(site.account));
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [ec2InstanceId] }));
  const NetworkInterfaceId = Reservations?.[0]?.Instances?.[0]?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '';
  const record = JSON.stringify(eventFixture('cloudtrail-primary-ipv6')).replace(/eni-\w+/, NetworkInterfaceId);
  const trigger = toRequests(JSON.parse(record));
  const [request] = 'requests' in trigger ? trigger.requests : [];
  const { pass } = aHealingController(site);
  const statuses = async () => {
    const { findings } = await pass(undefined, request);
    return findings
      .filter(({ rule }) => rule === RULE)
      .map(({ resource, status }) => `${resource.split('/').at(-1) ?? ''} ${status}`);
  };
  expect(await statuses()).toEqual([`${ec2InstanceId} open`]);
  await ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, EnablePrimaryIpv6: true }));
  expect(await statuses()).toEqual([]);
});
