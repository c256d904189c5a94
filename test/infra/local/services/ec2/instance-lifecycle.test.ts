import { describe, expect, it } from '@jest/globals';
import type { BusEvent } from '../../../../../infra/local/kernel/events';
import { subscribe } from '../../../../../infra/local/kernel/events';
import { onInstanceState } from '../../../../../infra/local/services/ec2/instance-lifecycle';
import { anEc2Account, anEc2Network, codeOf, text } from './an-ec2-account';
import { described, launch, SOON } from './an-instance';

describe('the life of an instance', () => {
  it('goes through the states of AWS and tells of each', async () => {
    const network = await anEc2Network();
    const { account, clock, ec2 } = network;
    const events: BusEvent[] = [];
    subscribe(account.scope, (event) => events.push(event));
    const id = await launch(network, { SubnetId: network.native });
    await clock.advance(SOON);
    expect((await described(network, id)).State).toEqual({ Code: 16, Name: 'running' });
    const { StoppingInstances } = await ec2.stopInstances({ InstanceIds: [id] });
    expect(StoppingInstances).toEqual([
      { InstanceId: id, PreviousState: { Code: 16, Name: 'running' }, CurrentState: { Code: 64, Name: 'stopping' } },
    ]);
    await clock.advance(SOON);
    await ec2.startInstances({ InstanceIds: [id] });
    await clock.advance(SOON);
    await ec2.terminateInstances({ InstanceIds: [id] });
    await clock.advance(SOON);
    expect(events.map(({ detail }) => detail['state'])).toEqual([
      ...['pending', 'running', 'stopping', 'stopped'],
      ...['pending', 'running', 'shutting-down', 'terminated'],
    ]);
    expect(events[1]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'EC2 Instance State-change Notification',
      source: 'aws.ec2',
      account: '111122223333',
      time: '2026-11-22T10:00:02Z',
      region: 'eu-west-2',
      resources: [`arn:aws:ec2:eu-west-2:111122223333:instance/${id}`],
      detail: { 'instance-id': id, state: 'running' },
    });
  });

  it('keeps its IPv6 address and primary flag over a stop, and gives the public IPv4 address back', async () => {
    const network = await anEc2Network();
    const { clock, ec2 } = network;
    const id = await launch(network, {
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          SubnetId: network.dual,
          Ipv6AddressCount: 1,
          PrimaryIpv6: true,
          AssociatePublicIpAddress: true,
        },
      ],
    });
    await clock.advance(SOON);
    const before = await described(network, id);
    await ec2.stopInstances({ InstanceIds: [id] });
    await clock.advance(SOON);
    const stopped = await described(network, id);
    expect(stopped.NetworkInterfaces?.[0]?.Ipv6Addresses).toEqual(before.NetworkInterfaces?.[0]?.Ipv6Addresses);
    expect(stopped.PrivateIpAddress).toBe(before.PrivateIpAddress);
    expect(stopped).not.toHaveProperty('PublicIpAddress');
    expect(stopped.StateReason?.Code).toBe('Client.UserInitiatedShutdown');
    expect(stopped.StateTransitionReason).toBe('User initiated (2026-11-22 10:00:10 GMT)');
    await ec2.startInstances({ InstanceIds: [id] });
    expect((await described(network, id)).PublicIpAddress).toMatch(/^35\./);
  });

  it('ends with its addresses given back, visible for an hour more', async () => {
    const network = await anEc2Network();
    const { clock, ec2 } = network;
    const id = await launch(network, { SubnetId: network.dual, PrivateIpAddress: '10.0.1.9' });
    await ec2.terminateInstances({ InstanceIds: [id] });
    await clock.advance(SOON);
    const gone = await described(network, id);
    expect(gone.State?.Name).toBe('terminated');
    expect(gone.NetworkInterfaces).toEqual([]);
    expect(gone).not.toHaveProperty('SubnetId');
    expect(await launch(network, { SubnetId: network.dual, PrivateIpAddress: '10.0.1.9' })).not.toBe(id);
    await clock.advance(60 * 60 * 1_000);
    expect(await codeOf(ec2.describeInstances({ InstanceIds: [id] }))).toBe('InvalidInstanceID.NotFound');
  });

  it('leaves an interface behind that was there before it', async () => {
    const network = await anEc2Network();
    const { clock, ec2 } = network;
    const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: network.native });
    const eni = text(NetworkInterface?.NetworkInterfaceId);
    const id = await launch(network, {
      NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: eni, PrimaryIpv6: true }],
    });
    await ec2.terminateInstances({ InstanceIds: [id] });
    await clock.advance(SOON);
    const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({ NetworkInterfaceIds: [eni] });
    expect(NetworkInterfaces?.[0]).toMatchObject({ Status: 'available', Ipv6Addresses: [{ IsPrimaryIpv6: false }] });
  });

  it('cannot be stopped before it runs, nor started after it ended', async () => {
    const network = await anEc2Network();
    const { clock, ec2 } = network;
    const id = await launch(network, { SubnetId: network.native });
    expect(await codeOf(ec2.stopInstances({ InstanceIds: [id] }))).toBe('IncorrectInstanceState');
    await ec2.terminateInstances({ InstanceIds: [id] });
    await clock.advance(SOON);
    expect(await codeOf(ec2.startInstances({ InstanceIds: [id] }))).toBe('IncorrectInstanceState');
    const { TerminatingInstances } = await ec2.terminateInstances({ InstanceIds: [id] });
    expect(TerminatingInstances?.[0]?.CurrentState?.Name).toBe('terminated');
  });

  it('never runs once it is on its way out', async () => {
    const network = await anEc2Network();
    const { account, clock, ec2 } = network;
    const states: unknown[] = [];
    onInstanceState(account.scope, ({ instanceId, state }) => states.push([instanceId, state]));
    const id = await launch(network, { SubnetId: network.native });
    await clock.advance(1_000);
    await ec2.terminateInstances({ InstanceIds: [id] });
    await clock.advance(SOON);
    expect(states).toEqual(['pending', 'shutting-down', 'terminated'].map((state) => [id, state]));
  });

  it('is checked for a while after its start', async () => {
    const network = await anEc2Network();
    const { clock, ec2 } = network;
    const id = await launch(network, { SubnetId: network.native });
    expect((await ec2.describeInstanceStatus({ InstanceIds: [id] })).InstanceStatuses).toEqual([]);
    const all = await ec2.describeInstanceStatus({ IncludeAllInstances: true });
    expect(all.InstanceStatuses?.[0]?.InstanceStatus).toEqual({ Status: 'not-applicable' });
    await clock.advance(3_000);
    const [early] = (await ec2.describeInstanceStatus({ InstanceIds: [id] })).InstanceStatuses ?? [];
    expect(early?.InstanceStatus?.Status).toBe('initializing');
    await clock.advance(SOON);
    const [late] = (await ec2.describeInstanceStatus()).InstanceStatuses ?? [];
    expect(late?.SystemStatus).toEqual({ Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] });
  });
});

describe('ids that lead nowhere', () => {
  it.each([
    [['i-0123456789abcdef0'], 'InvalidInstanceID.NotFound', "The instance ID 'i-0123456789abcdef0' does not exist"],
    [
      ['i-00000001', 'i-00000002'],
      'InvalidInstanceID.NotFound',
      "The instance IDs 'i-00000001, i-00000002' do not exist",
    ],
    [['web-1'], 'InvalidInstanceID.Malformed', 'Invalid id: "web-1"'],
  ])('%j: %s', async (ids, name, message) => {
    const { ec2 } = await anEc2Account();
    await expect(ec2.describeInstances({ InstanceIds: ids })).rejects.toMatchObject({ name, message });
    await expect(ec2.terminateInstances({ InstanceIds: ids })).rejects.toMatchObject({ name, message });
    await expect(ec2.describeInstanceStatus({ InstanceIds: ids })).rejects.toMatchObject({ name, message });
  });
});
