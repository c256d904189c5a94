/** What the last look at an interface stops, and what EC2 does with the write where nothing stops it. */
import {
  AssignIpv6AddressesCommand,
  AttachNetworkInterfaceCommand,
  CreateNetworkInterfaceCommand,
} from '@aws-sdk/client-ec2';
import { expect, it } from '@jest/globals';
import { enablePrimaryIpv6 } from '../../lib/apply/enable-primary-ipv6';
import { attachedObjection } from '../../lib/guard/heal-conditions';
import { toAttachedInterface } from '../../lib/snapshot/ec2-shapes';
import { writePorts } from '../../lib/aws/write-ports';
import { describeInstance, ec2Of } from '../flow/a-healing-controller';
import { anInstance, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { aHeal } from '../support/action-builders';
import { workloadClients } from '../support/workload-clients';

async function primaryInterface(site: Site, id: string): Promise<string> {
  return (await describeInstance(site, id)).NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '';
}

async function attachSecond(site: Site, InstanceId: string): Promise<string> {
  const ec2 = ec2Of(site);
  const wish = { SubnetId: site.ipv6A.id, Ipv6AddressCount: 1 };
  const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand(wish));
  const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
  await ec2.send(new AttachNetworkInterfaceCommand({ InstanceId, NetworkInterfaceId, DeviceIndex: 1 }));
  return NetworkInterfaceId;
}

async function withPrefix(site: Site, id: string): Promise<string> {
  const NetworkInterfaceId = await primaryInterface(site, id);
  await ec2Of(site).send(new AssignIpv6AddressesCommand({ NetworkInterfaceId, Ipv6PrefixCount: 1 }));
  return NetworkInterfaceId;
}

/** An interface, why it is left alone, and whether EC2 would change it all the same, for good. */
const cases: Readonly<
  Record<string, readonly [(site: Site, id: string) => Promise<string>, RegExp, 'changed' | 'refused']>
> = {
  'a second interface': [attachSecond, /not the primary interface/, 'changed'],
  'a delegated prefix': [withPrefix, /delegated prefix/, 'refused'],
};

it.each(Object.entries(cases))('%s is left alone', async (_, [arrange, reason, without]) => {
  const site = await aSite();
  const { id } = await anInstance(site, { subnet: site.ipv6A });
  const networkInterfaceId = await arrange(site, id);
  const ports = writePorts(workloadClients(site.account));
  const described = async () => {
    const face = await ports.describeInterface(networkInterfaceId);
    return face && toAttachedInterface(face);
  };
  const action = aHeal({ instanceId: id, networkInterfaceId });
  expect(attachedObjection(action, await described())).toEqual({
    code: 'unmet-condition',
    reason: expect.stringMatching(reason),
  });
  const write = enablePrimaryIpv6({ ports, sleep: (milliseconds) => site.clock.advance(milliseconds) }).write(action);
  const became = await write.then(
    () => 'changed',
    () => 'refused',
  );
  expect(became).toBe(without);
  expect((await described())?.ipv6Addresses.some(({ isPrimary }) => isPrimary)).toBe(without === 'changed');
});

it('an interface without an IPv6 address is left alone: EC2 would refuse', async () => {
  const site = await aSite();
  const { id } = await anInstance(site, { subnet: site.dualA });
  const networkInterfaceId = await primaryInterface(site, id);
  const ports = writePorts(workloadClients(site.account));
  const face = await ports.describeInterface(networkInterfaceId);
  const action = aHeal({ instanceId: id, networkInterfaceId });
  expect(attachedObjection(action, face && toAttachedInterface(face))?.reason).toMatch(/no global IPv6 address/);
  await expect(ports.enablePrimaryIpv6(networkInterfaceId)).rejects.toThrow();
});
