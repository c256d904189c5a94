import { expect, it } from '@jest/globals';
import { reachesTo } from '../../../lib/rules/network/reaches';
import type { TargetGroup } from '../../../lib/snapshot/snapshot';
import { aLoadBalancer, LOAD_BALANCER_ARN } from '../../support/balancing-builders';
import { aService, aSubnet, aTargetGroup, TARGET_GROUP_ARN } from '../../support/builders';
import { aGap, aSnapshot, type Contents } from '../../support/snapshot-builder';

const front = aSubnet({ id: 'subnet-front' });
const gap = aGap({ collection: 'targetGroupSettings' });
const network: Contents = { loadBalancers: [aLoadBalancer({ type: 'network' })] };
const settings = (preservesClientIp: boolean): Contents => ({
  ...network,
  targetGroupSettings: [{ arn: TARGET_GROUP_ARN, preservesClientIp }],
  gaps: [gap],
});
const traffic = { isCheck: false, leavesAnew: true, source: 'balancer', ports: [8080, 8080, 8080], unread: undefined };
const check = { ...traffic, isCheck: true };
const at9000 = [9000, 9000, 9000];

it.each<[string, Partial<TargetGroup>, Contents, readonly object[]]>([
  ['checks at the port of the traffic', {}, {}, [traffic]],
  ['checks at the same port by its number', { healthCheckPort: 8080 }, {}, [traffic]],
  ['checks at a higher port', { healthCheckPort: 9000 }, {}, [traffic, { ...check, ports: at9000 }]],
  ['checks at a lower port', { healthCheckPort: 80 }, {}, [traffic, { ...check, ports: [80, 80, 80] }]],
  ['QUIC, checked by TCP', { protocol: 'QUIC' }, settings(false), [check]],
  ['UDP, checked by TCP', { protocol: 'UDP' }, settings(false), [check]],
  ['addresses of clients', {}, settings(true), [{ ...traffic, source: 'clients' }, { ...check, leavesAnew: false }]],
  ['its own addresses', {}, settings(false), [traffic]],
  ['nobody knows whose', {}, { ...network, gaps: [gap] }, [{ ...traffic, source: 'either', unread: gap }, { ...check, leavesAnew: false }]],
])('%s', (...[, group, contents, expected]) => {
  const service = aService();
  const targetGroups = [aTargetGroup({ loadBalancerArns: [LOAD_BALANCER_ARN], ...group })];
  const subnets = [aSubnet(), front];
  const world = { services: [service], subnets, targetGroups, loadBalancers: [aLoadBalancer()], ...contents };
  const seen = reachesTo(aSnapshot(world), service).map(({ isCheck, leavesAnew, source, unread, door }) => {
    const ports = [door.ports.from, door.ports.to, ...door.present];
    return { isCheck, leavesAnew, source, ports, unread };
  });
  expect(seen).toEqual(expected);
}); // prettier-ignore
