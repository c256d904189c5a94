import { expect, it } from '@jest/globals';
import { knownGateway, routeFor } from '../../../lib/rules/network/routing';
import { aRoute, aRouteTable } from '../../support/network-builders';
import { aSnapshot } from '../../support/snapshot-builder';

const table = aRouteTable({
  routes: ['::/0', '64:ff9b::/96', '64:ff9b::/32', 'pl-1'].map((destination) => aRoute({ destination })),
});

it.each([
  ['the closest of several', '64:ff9b::/96', '64:ff9b::/96'],
  ['the one around it', '64:ff9b:0:1::/64', '64:ff9b::/32'],
  ['the default', '2600::/16', '::/0'],
  ['no route for what is no block', 'pl-1', undefined],
])('finds %s', (_, cidr, destination) => {
  expect(routeFor(table, cidr)?.destination).toBe(destination);
});

it('knows no gateway of a VPC whose route tables it does not have', () => {
  expect(knownGateway(aSnapshot(), 'vpc-1', 'internet-gateway')).toBeUndefined();
});
