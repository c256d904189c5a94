import { expect, it } from '@jest/globals';
import { admitsClients, cutsOf, together } from '../../../lib/rules/network/permissions';
import { aPermission } from '../../support/network-builders';

it.each([
  [aPermission(), [10]],
  [aPermission({ fromPort: 12, toPort: 14 }), [10, 12, 15]],
  [aPermission({ fromPort: 12 }), [10, 12, 13]],
  [aPermission({ fromPort: 1, toPort: 20 }), [10]],
])('cuts ports 10 to 20 by a permission: %#', (permission, ports) => {
  expect(cutsOf([permission], { from: 10, to: 20 })).toEqual(ports);
});

it.each([
  [[], 'yes'],
  [['yes', 'yes'], 'yes'],
  [['no', 'no'], 'no'],
  [['yes', 'no'], 'unclear'],
] as const)('takes answers together: %j is %s', (answers, is) => {
  expect(together(answers)).toBe(is);
});

const [own, other] = ['2001:db8:0:1::/64', '2001:db8:0:2::/64'];

it.each([
  ['one of the blocks of the balancer', own, 'unclear'],
  ['a block that is not its own', '2001:db8:0:3::/64', 'yes'],
])('lets in clients who are not the balancer itself: %s', (_, cidr, is) => {
  const permission = aPermission({ ipv6Cidrs: [cidr] });
  expect(admitsClients([permission], 80, { groupIds: [], cidrs: [own, other] })).toBe(is);
});
