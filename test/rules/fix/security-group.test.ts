import { expect, it } from '@jest/globals';
import { authorize } from '../../../lib/rules/fix/security-group';
import { aPermission } from '../../support/network-builders';
import { aSnapshot } from '../../support/snapshot-builder';

const tcp = { protocol: 'tcp', fromPort: 443 };

it.each([
  ['every port', aPermission(), 'IpProtocol=-1,Ipv6Ranges=[{CidrIpv6=::/0}]'],
  ['a range', aPermission({ ...tcp, toPort: 444 }), 'IpProtocol=tcp,FromPort=443,ToPort=444,Ipv6Ranges=[{CidrIpv6=::/0}]'],
  ['one port', aPermission(tcp), 'IpProtocol=tcp,FromPort=443,ToPort=443,Ipv6Ranges=[{CidrIpv6=::/0}]'],
  ['members of a group', aPermission({ ipv6Cidrs: [], groupIds: ['sg-9'] }), 'IpProtocol=-1,UserIdGroupPairs=[{GroupId=sg-9}]'],
])('allows %s', (_, permission, shorthand) => {
  expect(authorize(aSnapshot(), 'sg-1', { egress: true, permission })).toBe(
    `aws ec2 authorize-security-group-egress --region eu-west-2 --group-id sg-1 --ip-permissions '${shorthand}'`,
  );
}); // prettier-ignore
