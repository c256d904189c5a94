import { expect, it } from '@jest/globals';
import { evaluate } from '../../lib/evaluate/evaluate';
import { flowLogsRecommended } from '../../lib/facts/observability';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { flowLogsOff } from '../../lib/rules/flow-logs-off';
import { aContainerInstance, anInstance, aService, aSubnet, aTask, aVpc, NOW } from '../support/builders';
import { aFlowLog, aRoute, aRouteTable } from '../support/network-builders';
import { aGap, aSnapshot, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const resource = aVpc();
const native = aSubnet();
const dual = aSubnet({ id: 'subnet-2', ipv6Native: false });
const services = [aService({ subnetIds: ['subnet-1', 'subnet-2'] })];
const mixed: Contents = { services, subnets: [native, dual] };
const quiet: Contents = { services, subnets: [native, aSubnet({ id: 'subnet-2' })] };
const translated: Contents = { services, subnets: [aSubnet({ dns64: true })] };
const nat = aRoute({ destination: '64:ff9b::/96', target: { kind: 'nat-gateway', id: 'nat-1' } });
const on = (resourceId: string, over = {}) => aFlowLog({ id: `fl-${resourceId}`, resourceId, ...over });
const single: Contents = { ...translated, tasks: [aTask({ networkInterfaceId: 'eni-a1' })] };
const hosted: Contents = {
  subnets: [aSubnet({ dns64: true })],
  containerInstances: [aContainerInstance()],
  instances: [anInstance()],
};
const create =
  'aws ec2 create-flow-logs --region eu-west-2 --resource-type VPC --resource-ids vpc-1 --traffic-type ALL --log-group-name vpc-flow-logs/vpc-1 --deliver-logs-permission-arn arn:aws:iam::111122223333:role/vpc-flow-logs';

testRule(flowLogsOff, {
  valid: [
    { name: 'nothing calls for them', resource, world: quiet },
    { name: 'a mixture in subnets that ECS does not use', resource, world: { ...quiet, subnets: [native, aSubnet({ ...dual, id: 'subnet-9' })] } },
    { name: 'on the VPC', resource, world: { ...mixed, flowLogs: [on('vpc-1')] } },
    { name: 'on both subnets', resource, world: { ...mixed, flowLogs: [on('subnet-1'), on('subnet-2')] } },
    { name: 'on the interface of every task', resource, world: { ...single, flowLogs: [on('eni-a1')] } },
    { name: 'on the interface of every task that has one yet', resource, world: { ...single, tasks: [aTask(), aTask({ id: 'a2', networkInterfaceId: undefined })], flowLogs: [on('eni-a1')] } },
    { name: 'on the interface of the task in that subnet, whatever the service has elsewhere', resource, world: { ...mixed, tasks: [aTask({ networkInterfaceId: 'eni-a1' }), aTask({ id: 'a2', networkInterfaceId: 'eni-a2', subnetId: 'subnet-2' })], flowLogs: [on('eni-a1'), on('subnet-2')] } },
    { name: 'on the interface of the host in that subnet, whatever it has elsewhere', resource, world: { ...hosted, instances: [anInstance({ interfaces: anInstance().interfaces.flatMap((face) => [face, { ...face, id: 'eni-x', deviceIndex: 1, subnetId: 'subnet-2' }]) })], flowLogs: [on('eni-host')] } },
    { name: 'on the interface of the host', resource, world: { ...hosted, flowLogs: [on('eni-host')] } },
    { name: 'nobody wants IPv6 there', resource, world: mixed, posture: 'ipv4' },
  ],
  invalid: [
    { name: 'in migration', resource, world: mixed, reports: {
      message: 'vpc-1 is in migration (IPv6-only, dual-stack subnets), and no flow log is delivered for 2 subnets that ECS uses: subnet-1 and subnet-2.',
      desired: { flowLogs: true }, actual: { flowLogs: false, subnets: ['subnet-1', 'subnet-2'] },
      related: ['arn:aws:ec2:eu-west-2:111122223333:subnet/subnet-1', 'arn:aws:ec2:eu-west-2:111122223333:subnet/subnet-2'], fix: [create],
    } },
    { name: 'subnets in another order', resource, world: { ...mixed, subnets: [dual, native] }, reports: { actual: { flowLogs: false, subnets: ['subnet-1', 'subnet-2'] } } },
    { name: 'DNS64', resource, world: translated, reports: { message: 'vpc-1 uses NAT64, and no flow log is delivered for 1 subnet that ECS uses: subnet-1.' } },
    { name: 'DNS64, for as many services as hosts', resource, world: { ...hosted, ...translated }, reports: { messageId: 'off' } },
    { name: 'a route to NAT64', resource, world: { ...quiet, routeTables: [aRouteTable({ routes: [nat] })] }, reports: { messageId: 'off' } },
    { name: 'both', resource, world: { ...mixed, routeTables: [aRouteTable({ routes: [nat] })] }, reports: { values: { id: 'vpc-1', reasons: 'uses NAT64 and is in migration (IPv6-only, dual-stack subnets)', subnets: '2 subnets', names: 'subnet-1 and subnet-2' } } },
    { name: 'IPv4 and dual-stack', resource, world: { services, subnets: [aSubnet({ ipv6Native: false, ipv6Cidrs: [] }), dual] }, posture: 'dual-stack', reports: { message: 'vpc-1 is in migration (IPv4-only, dual-stack subnets), and no flow log is delivered for 2 subnets that ECS uses: subnet-1 and subnet-2.' } },
    { name: 'DNS64 in one of two subnets', resource, world: { ...quiet, subnets: [native, aSubnet({ id: 'subnet-2', dns64: true })] }, reports: { messageId: 'off' } },
    { name: 'on one of the subnets', resource, world: { ...mixed, flowLogs: [on('subnet-1')] }, reports: { actual: { flowLogs: false, subnets: ['subnet-2'] } } },
    { name: 'on another VPC', resource, world: { ...mixed, flowLogs: [on('vpc-2')] }, reports: { messageId: 'off' } },
    { name: 'not active', resource, world: { ...mixed, flowLogs: [on('vpc-1', { isActive: false })] }, reports: { messageId: 'off' } },
    { name: 'not delivered', resource, world: { ...mixed, flowLogs: [on('vpc-1', { isDelivered: false })] }, reports: { messageId: 'off' } },
    { name: 'on the interface of one task of two', resource, world: { ...single, tasks: [aTask({ networkInterfaceId: 'eni-a1' }), aTask({ id: 'a2' })], flowLogs: [on('eni-a1')] }, reports: { messageId: 'off' } },
  ],
  unknown: [
    { name: 'logs that could not be read', resource, world: { ...mixed, gaps: [aGap({ collection: 'flowLogs' })] }, because: 'AccessDenied' },
    { name: 'instances that could not be read, whose interfaces may have them', resource, world: { ...mixed, gaps: [aGap({ collection: 'instances' })] }, because: '"instances"' },
    { name: 'tasks that could not be read, whose interfaces may have them', resource, world: { ...mixed, flowLogs: [on('eni-a1')], gaps: [aGap()] }, because: 'AccessDenied' },
  ],
  apply: (_, { resource: vpc, world }) => ({ resource: vpc, world: { ...world, flowLogs: [on('vpc-1')] } }),
}); // prettier-ignore

it.each([
  { value: true, found: ['open'] },
  { value: false, found: [] },
])('follows a policy that says whether AWS recommends them: $value', ({ value, found }) => {
  const facts = { [flowLogsRecommended.id]: { value, checked: '2026-11-22' } };
  const text = JSON.stringify({ version: 1, scopes: [{ name: 'all', posture: 'ipv6-only' }], facts });
  const { policy } = parsePolicy([{ place: 'policy.json', text }], [flowLogsOff]);
  if (!policy) throw new Error('The policy was refused.');
  const snapshot = aSnapshot({ ...mixed, vpcs: [resource] });
  const { findings } = evaluate({ snapshot, policy, rules: [flowLogsOff], now: NOW });
  expect(findings.map(({ status }) => status)).toEqual(found);
});
