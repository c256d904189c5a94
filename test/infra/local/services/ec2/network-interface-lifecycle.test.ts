import { describe, expect, it } from '@jest/globals';
import { cidrContains } from '../../../../../infra/local/services/ec2/cidr';
import {
  allNetworkInterfaces,
  detach,
  findNetworkInterface,
  findNetworkInterfaceByAddress,
} from '../../../../../infra/local/services/ec2/network-interface';
import {
  assignIpv6,
  attachNetworkInterface,
  createNetworkInterface,
  enablePrimaryIpv6,
  releaseNetworkInterface,
  unassignIpv6,
} from '../../../../../infra/local/services/ec2/network-interface-lifecycle';
import { createSecurityGroup } from '../../../../../infra/local/services/ec2/security-group';
import { createSubnet, findSubnetByAddress } from '../../../../../infra/local/services/ec2/subnet';
import { freeIpv4Count } from '../../../../../infra/local/services/ec2/subnet-addresses';
import { vpcContains } from '../../../../../infra/local/services/ec2/vpc';
import { aNetwork } from './a-network';

describe('addresses of a network interface', () => {
  it('are IPv4 alone in a dual-stack subnet that assigns no IPv6', () => {
    const { scope, dual } = aNetwork();
    const { ipv4, ipv6 } = createNetworkInterface(scope, { subnetId: dual.id });
    expect(dual.ipv4 && cidrContains(dual.ipv4, ipv4[0] ?? '')).toBe(true);
    expect(ipv6).toEqual([]);
  });

  it('are of both families where the subnet assigns IPv6 on creation', () => {
    const { scope, vpc, dual } = aNetwork();
    dual.assignIpv6OnCreation = true;
    const { ipv4, ipv6 } = createNetworkInterface(scope, { subnetId: dual.id });
    expect(ipv4).toHaveLength(1);
    expect(ipv6).toHaveLength(1);
    expect(findSubnetByAddress(scope, vpc.id, ipv6[0]?.address ?? '')).toBe(dual);
  });

  it('are IPv6 alone in an IPv6-only subnet, whatever it assigns on creation', () => {
    const { scope, vpc, native } = aNetwork();
    native.assignIpv6OnCreation = false;
    const { ipv4, ipv6, ipv6Native } = createNetworkInterface(scope, { subnetId: native.id });
    expect(ipv4).toEqual([]);
    expect(ipv6).toEqual([{ address: expect.stringMatching(/^2600:1f/), isPrimary: false }]);
    expect(ipv6Native).toBe(true);
    expect(vpcContains(vpc, ipv6[0]?.address ?? '')).toBe(true);
  });

  it('an IPv4 address in an IPv6-only subnet is refused and nothing is left behind', () => {
    const { scope, native } = aNetwork();
    expect(() => createNetworkInterface(scope, { subnetId: native.id, ipv4: '10.0.2.5' })).toThrow(/IPv6-only/);
    expect(allNetworkInterfaces(scope)).toEqual([]);
  });

  it('never repeat, run out, and can be had again once given back', () => {
    const { scope, vpc } = aNetwork();
    const tiny = createSubnet(scope, { vpcId: vpc.id, cidrBlock: '10.0.9.0/28' });
    const make = () => createNetworkInterface(scope, { subnetId: tiny.id });
    const made = Array.from({ length: 11 }, make);
    expect(new Set(made.flatMap(({ ipv4 }) => ipv4)).size).toBe(11);
    expect(freeIpv4Count(scope, tiny)).toBe(0);
    expect(make).toThrow(expect.objectContaining({ code: 'InsufficientFreeAddressesInSubnet' }));
    const [first] = made;
    if (first) releaseNetworkInterface(scope, first);
    expect(make().ipv4).toEqual(first?.ipv4);
  });

  it('go back to the subnet when a later one cannot be had', () => {
    const { scope, vpc, dual } = aNetwork();
    const taken = createNetworkInterface(scope, { subnetId: dual.id, ipv6: { count: 1 } }).ipv6[0]?.address ?? '';
    const free = taken.replace(/:[^:]+$/, ':77');
    const request = { subnetId: dual.id, ipv4: '10.0.1.77', ipv6: { addresses: [free, taken] } };
    expect(() => createNetworkInterface(scope, request)).toThrow(
      expect.objectContaining({ code: 'InvalidIPAddress.InUse' }),
    );
    expect(findNetworkInterfaceByAddress(scope, vpc.id, free)).toBeUndefined();
    const retry = createNetworkInterface(scope, { ...request, ipv6: { addresses: [free] } });
    expect(findNetworkInterfaceByAddress(scope, vpc.id, free.toUpperCase())).toBe(retry);
    expect(findNetworkInterfaceByAddress(scope, vpc.id, '10.0.1.77')).toBe(retry);
  });

  it.each(['10.0.1.0', '10.0.1.3', '10.0.1.255', '10.0.2.9', 'ten'])('%s of 10.0.1.0/24 is refused', (ipv4) => {
    const { scope, dual } = aNetwork();
    expect(() => createNetworkInterface(scope, { subnetId: dual.id, ipv4 })).toThrow(
      expect.objectContaining({ code: 'InvalidParameterValue' }),
    );
  });

  it('can be added and taken away', () => {
    const { scope, vpc, dual } = aNetwork();
    const eni = createNetworkInterface(scope, { subnetId: dual.id, ipv6: { count: 1 } });
    const { addresses, prefixes } = assignIpv6(scope, eni, { count: 2 });
    expect(addresses).toHaveLength(2);
    expect(prefixes).toEqual([]);
    expect(eni.ipv6).toHaveLength(3);
    unassignIpv6(scope, eni, addresses);
    expect(eni.ipv6).toHaveLength(1);
    for (const address of addresses) expect(findNetworkInterfaceByAddress(scope, vpc.id, address)).toBeUndefined();
  });

  it('may be a /80 prefix instead', () => {
    const { scope, dual } = aNetwork();
    const eni = createNetworkInterface(scope, { subnetId: dual.id, ipv6: { prefixCount: 1 } });
    expect(eni.ipv6).toEqual([]);
    expect(eni.ipv6Prefixes).toEqual([expect.stringMatching(/\/80$/)]);
  });
});

describe('the primary IPv6 address', () => {
  it('is the first global one and stays it', () => {
    const { scope, native } = aNetwork();
    const eni = createNetworkInterface(scope, { subnetId: native.id, ipv6: { count: 2 }, primaryIpv6: true });
    enablePrimaryIpv6(eni.ipv6);
    expect(eni.ipv6.map(({ isPrimary }) => isPrimary)).toEqual([true, false]);
  });

  it('needs an address to be chosen from', () => {
    const { scope, dual } = aNetwork();
    expect(() => createNetworkInterface(scope, { subnetId: dual.id, primaryIpv6: true })).toThrow(
      expect.objectContaining({ code: 'InvalidParameterCombination' }),
    );
    expect(freeIpv4Count(scope, dual)).toBe(251);
  });

  it('ends when the interface is detached', () => {
    const { scope, native } = aNetwork();
    const eni = createNetworkInterface(scope, { subnetId: native.id, primaryIpv6: true });
    attachNetworkInterface(scope, eni, { instanceId: 'i-1', deviceIndex: 0, deleteOnTermination: false });
    expect(eni.ipv6[0]?.isPrimary).toBe(true);
    detach(scope, eni);
    expect(eni.ipv6[0]?.isPrimary).toBe(false);
    expect(findNetworkInterface(scope, eni.id)).toBe(eni);
  });
});

describe('security groups of a network interface', () => {
  it('are the default group if none is named', () => {
    const { scope, vpc, dual } = aNetwork();
    const web = createSecurityGroup(scope, { vpcId: vpc.id, name: 'web', description: 'web' });
    expect(createNetworkInterface(scope, { subnetId: dual.id }).groups).not.toContain(web.id);
    expect(createNetworkInterface(scope, { subnetId: dual.id, groups: [web.id] }).groups).toEqual([web.id]);
  });

  it('must exist', () => {
    const { scope, dual } = aNetwork();
    expect(() => createNetworkInterface(scope, { subnetId: dual.id, groups: ['sg-0'] })).toThrow(
      expect.objectContaining({ code: 'InvalidGroup.NotFound' }),
    );
  });
});
