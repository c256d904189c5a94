import { describe, expect, it } from '@jest/globals';
import { prefixListsOf, withListsOfGroup, withListsOfTable } from '../../lib/snapshot/prefix-lists';
import { aPermission, aRoute, aRouteTable, aSecurityGroup } from '../support/network-builders';

const lists = new Map([
  ['pl-office', ['2001:db8:a::/48', '2001:db8:b::/48']],
  ['pl-ipv4', []],
]);
const ipv6 = (...cidrs: readonly string[]) => aPermission({ ipv6Cidrs: cidrs });
const named = (...ids: readonly string[]) => aPermission({ ipv6Cidrs: [], prefixListIds: ids });

describe('lists in security groups', () => {
  it.each([
    ['none', ipv6('::/0'), [ipv6('::/0')]],
    ['one that is known', named('pl-office'), [ipv6('2001:db8:a::/48', '2001:db8:b::/48')]],
    ['one of IPv4', named('pl-ipv4'), []],
    ['one of IPv4 beside a block', aPermission({ ipv6Cidrs: ['::/0'], prefixListIds: ['pl-ipv4'] }), [ipv6('::/0')]],
    ['one that is not known', named('pl-other'), [named('pl-other')]],
    [
      'both',
      named('pl-office', 'pl-other'),
      [aPermission({ ipv6Cidrs: ['2001:db8:a::/48', '2001:db8:b::/48'], prefixListIds: ['pl-other'] })],
    ],
  ])('%s', (_, permission, resolved) => {
    const group = aSecurityGroup({ ingress: [permission], egress: [permission] });
    const { ingress, egress } = withListsOfGroup(group, lists);
    expect({ ingress, egress }).toEqual({ ingress: resolved, egress: resolved });
  });
});

describe('lists in route tables', () => {
  const blocks = (...destinations: readonly string[]) =>
    withListsOfTable(aRouteTable({ routes: destinations.map((destination) => aRoute({ destination })) }), lists).routes;

  it('become a route for each block, behind those that name one themselves', () => {
    expect(blocks('pl-office', '::/0').map(({ destination, prefixListId }) => [destination, prefixListId])).toEqual([
      ['::/0', undefined],
      ['2001:db8:a::/48', 'pl-office'],
      ['2001:db8:b::/48', 'pl-office'],
    ]);
  });

  it('stay where they are not known, and go where they are of IPv4', () => {
    expect(blocks('pl-other', 'pl-ipv4').map(({ destination }) => destination)).toEqual(['pl-other']);
  });
});

it('asks for each list once, and not for those of gateway endpoints', () => {
  const toEndpoint = aRoute({ destination: 'pl-s3', target: { kind: 'vpc-endpoint', id: 'vpce-1' } });
  const tables = [
    aRouteTable({ routes: [aRoute({ destination: 'pl-b' }), aRoute({ destination: '::/0' }), toEndpoint] }),
  ];
  const groups = [aSecurityGroup({ ingress: [named('pl-b', 'pl-a')], egress: [named('pl-c')] })];
  expect(prefixListsOf({ groups, tables })).toEqual(['pl-a', 'pl-b', 'pl-c']);
});
