import type { ModifyVpcEndpointRequest, ModifyVpcEndpointResult } from '@aws-sdk/client-ec2';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { groupsOf } from './network-interface-lifecycle';
import { requireVpc } from './vpc';
import type { VpcEndpoint } from './vpc-endpoint';
import { requireVpcEndpoint } from './vpc-endpoint';
import {
  addressTypeFor,
  checkPrivateDns,
  checkRouteTables,
  dnsRecordTypeFor,
  invalidParameter,
  subnetsFor,
} from './vpc-endpoint-check';
import { adaptInterfaces, joinSubnets, joinTables, leaveSubnets, leaveTables } from './vpc-endpoint-lifecycle';
import { OPEN_POLICY } from './vpc-endpoint-policy';

type Request = ModifyVpcEndpointRequest;

/** Changes all or nothing: what the endpoint will look like is checked before anything of it changes. */
export const modifyVpcEndpoint = operation<Request, ModifyVpcEndpointResult>({
  accepts: [
    ...['VpcEndpointId', 'ResetPolicy', 'PolicyDocument', 'AddRouteTableIds', 'RemoveRouteTableIds', 'AddSubnetIds'],
    ...['RemoveSubnetIds', 'AddSecurityGroupIds', 'RemoveSecurityGroupIds', 'IpAddressType', 'PrivateDnsEnabled'],
    ...['DnsOptions.DnsRecordIpType', 'DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint'],
  ],
  run(input, { scope }) {
    const endpoint = requireVpcEndpoint(scope, input.VpcEndpointId ?? '');
    if (endpoint.state === 'deleting') throw invalidParameter(`The VPC endpoint ${endpoint.id} is being deleted.`);
    const wanted = changed(scope, endpoint, input);
    const subnetIds = subnetsAfter(endpoint, input);
    if (endpoint.service.type === 'Interface') subnetsFor(scope, wanted, subnetIds);
    checkRouteTables(scope, endpoint.vpcId, input.AddRouteTableIds ?? []);
    if (wanted.privateDns && !endpoint.privateDns) {
      checkPrivateDns(scope, requireVpc(scope, endpoint.vpcId), { ...endpoint, ...wanted });
    }
    Object.assign(endpoint, wanted);
    for (const each of endpoint.interfaces) each.groups = endpoint.groups;
    move(scope, endpoint, input);
    return { Return: true };
  },
});

type Settings = Pick<
  VpcEndpoint,
  'vpcId' | 'addressType' | 'dnsRecordType' | 'privateDns' | 'inboundResolverOnly' | 'policy' | 'groups'
>;

function changed(scope: Scope, endpoint: VpcEndpoint, input: Request): Settings {
  const { service, vpcId } = endpoint;
  const addressType = addressTypeFor(service, input.IpAddressType ?? endpoint.addressType);
  const keepsRecords = input.DnsOptions?.DnsRecordIpType === undefined && addressType === endpoint.addressType;
  return {
    vpcId,
    addressType,
    dnsRecordType: keepsRecords ? endpoint.dnsRecordType : dnsRecordTypeFor(service, addressType, input.DnsOptions),
    privateDns: service.type === 'Interface' && (input.PrivateDnsEnabled ?? endpoint.privateDns),
    inboundResolverOnly: input.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint ?? endpoint.inboundResolverOnly,
    policy: policyAfter(endpoint, input),
    groups: groupsAfter(scope, endpoint, input),
  };
}

function policyAfter({ policy }: VpcEndpoint, { ResetPolicy, PolicyDocument }: Request): string {
  return ResetPolicy ? OPEN_POLICY : (PolicyDocument ?? policy);
}

function groupsAfter(scope: Scope, { vpcId, groups, service }: VpcEndpoint, input: Request): readonly string[] {
  const { AddSecurityGroupIds: added = [], RemoveSecurityGroupIds: removed = [] } = input;
  if (service.type === 'Gateway' || added.length + removed.length === 0) return groups;
  return groupsOf(
    scope,
    vpcId,
    [...new Set([...groups, ...added])].filter((id) => !removed.includes(id)),
  );
}

function subnetsAfter({ interfaces }: VpcEndpoint, input: Request): readonly string[] {
  const { AddSubnetIds: added = [], RemoveSubnetIds: removed = [] } = input;
  const present = interfaces.map(({ subnetId }) => subnetId);
  return [...new Set([...present, ...added])].filter((id) => !removed.includes(id));
}

function move(scope: Scope, endpoint: VpcEndpoint, input: Request): void {
  if (endpoint.service.type === 'Gateway') {
    leaveTables(scope, endpoint, input.RemoveRouteTableIds ?? []);
    joinTables(scope, endpoint, input.AddRouteTableIds ?? []);
    return;
  }
  const present = endpoint.interfaces.map(({ subnetId }) => subnetId);
  leaveSubnets(scope, endpoint, input.RemoveSubnetIds ?? []);
  adaptInterfaces(scope, endpoint);
  joinSubnets(
    scope,
    endpoint,
    subnetsAfter(endpoint, input).filter((id) => !present.includes(id)),
  );
}
