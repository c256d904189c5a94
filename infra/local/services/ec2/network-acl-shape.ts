import type {
  NetworkAcl as NetworkAclShape,
  NetworkAclAssociation as AssociationShape,
  NetworkAclEntry as EntryShape,
} from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import type { Listing } from './listing';
import { PAGE_5_TO_1000 } from './listing';
import type { NetworkAcl, NetworkAclAssociation, NetworkAclEntry } from './network-acl';
import { aclAssociations, allNetworkAcls, NETWORK_ACL } from './network-acl';
import { tagList } from './tag-shape';

/** Protocols that the filter takes by name or number. */
const NAMES: Readonly<Record<string, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp' };

export const NETWORK_ACLS: Listing<NetworkAcl> = {
  all: allNetworkAcls,
  id: (acl) => acl.id,
  kind: NETWORK_ACL,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  exclusive: { ids: 'NetworkAclIds', maxResults: 'MaxResults' },
  filters: {
    'network-acl-id': ({ id }) => id,
    'vpc-id': ({ vpcId }) => vpcId,
    'owner-id': (_, scope) => scope.account,
    default: ({ isDefault }) => isDefault,
    'association.association-id': ({ id }, scope) => aclAssociations(scope, id).map((each) => each.id),
    'association.network-acl-id': ({ id }, scope) => aclAssociations(scope, id).map(() => id),
    'association.subnet-id': ({ id }, scope) => aclAssociations(scope, id).map(({ subnetId }) => subnetId),
    'entry.cidr': ofFamily(4),
    'entry.ipv6-cidr': ofFamily(6),
    'entry.egress': ({ entries }) => entries.map(({ egress }) => egress),
    'entry.icmp.code': ({ entries }) => entries.map(({ icmp }) => icmp?.code),
    'entry.icmp.type': ({ entries }) => entries.map(({ icmp }) => icmp?.type),
    'entry.port-range.from': ({ entries }) => entries.map(({ ports }) => ports?.from),
    'entry.port-range.to': ({ entries }) => entries.map(({ ports }) => ports?.to),
    'entry.protocol': ({ entries }) => entries.flatMap(({ protocol }) => [protocol, NAMES[protocol]]),
    'entry.rule-action': ({ entries }) => entries.map(({ action }) => action),
    'entry.rule-number': ({ entries }) => entries.map(({ ruleNumber }) => ruleNumber),
  },
};

export function networkAclShape(scope: Scope, acl: NetworkAcl): NetworkAclShape {
  return {
    NetworkAclId: acl.id,
    VpcId: acl.vpcId,
    OwnerId: scope.account,
    IsDefault: acl.isDefault,
    Associations: aclAssociations(scope, acl.id).map(associationShape),
    Entries: inOrder(acl.entries).map(entryShape),
    Tags: tagList(scope, acl.id),
  };
}

/** As AWS lists them: outbound rules first, each direction in the order in which they are asked. */
function inOrder(entries: readonly NetworkAclEntry[]): NetworkAclEntry[] {
  return [...entries].sort(
    (one, other) => Number(other.egress) - Number(one.egress) || one.ruleNumber - other.ruleNumber,
  );
}

function associationShape({ id, subnetId, aclId }: NetworkAclAssociation): AssociationShape {
  return { NetworkAclAssociationId: id, NetworkAclId: aclId, SubnetId: subnetId };
}

function entryShape({ cidr, ports, icmp, ...entry }: NetworkAclEntry): EntryShape {
  return {
    Egress: entry.egress,
    RuleNumber: entry.ruleNumber,
    RuleAction: entry.action,
    Protocol: entry.protocol,
    CidrBlock: cidr.family === 4 ? cidr.text : undefined,
    Ipv6CidrBlock: cidr.family === 6 ? cidr.text : undefined,
    PortRange: ports && { From: ports.from, To: ports.to },
    IcmpTypeCode: icmp && { Type: icmp.type, Code: icmp.code },
  };
}

function ofFamily(family: 4 | 6): (acl: NetworkAcl) => readonly string[] {
  return ({ entries }) => entries.filter(({ cidr }) => cidr.family === family).map(({ cidr }) => cidr.text);
}
