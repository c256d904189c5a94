import { containerInsightsOff } from '../../lib/rules/container-insights-off';
import { aCluster, aContainerInstance, anInstance, aService, aSubnet, aTask } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { testRule } from '../support/test-rule';

const off = aCluster({ containerInsights: 'disabled' });
const subnets = [aSubnet(), aSubnet({ id: 'subnet-2', ipv6Native: false }), aSubnet({ id: 'subnet-4', ipv6Native: false, ipv6Cidrs: [] })]; // prettier-ignore
const moved = aService();
const both = aService({ name: 'shop', subnetIds: ['subnet-2'] });
const legacy = aService({ name: 'legacy', subnetIds: ['subnet-4'] });
const world = (...services: NonNullable<Contents['services']>): Contents => ({ subnets, services });

testRule(containerInsightsOff, {
  valid: [
    { name: 'on', resource: aCluster({ containerInsights: 'enabled' }), world: world(legacy) },
    { name: 'on, with enhanced observability', resource: aCluster({ containerInsights: 'enhanced' }), world: world(legacy) },
    { name: 'on, whatever could not be read', resource: aCluster(), world: { gaps: [aGap({ collection: 'services' })] } },
    { name: 'arrived', resource: off, world: world(moved) },
    { name: 'empty', resource: off },
    { name: 'dual-stack wanted, and there', resource: off, world: world(both), posture: 'dual-stack' },
    { name: 'dual-stack wanted, and all is IPv4 alike', resource: off, world: world(legacy), posture: 'dual-stack' },
    { name: 'what is being deleted does not count', resource: off, world: world(moved, { ...legacy, status: 'DRAINING' }) },
    { name: 'what drains does not count', resource: off, world: { ...world(moved), containerInstances: [aContainerInstance({ status: 'DRAINING' })], instances: [anInstance({ interfaces: [], subnetId: 'subnet-4' })] } },
    { name: 'IPv4 by choice', resource: off, world: world(legacy, moved), posture: 'ipv4' },
  ],
  invalid: [
    { name: 'IPv6-only wanted, on the way', resource: off, world: world(moved, both, legacy), reports: { message: 'Container Insights is disabled in prod, whose workload is on the move: 1 service ipv4, 1 service dual-stack and 1 service ipv6-only.', desired: { containerInsights: 'enhanced' }, actual: { containerInsights: 'disabled', postures: ['ipv4', 'dual-stack', 'ipv6-only'] }, fix: ['aws ecs update-cluster-settings --region eu-west-2 --cluster prod --settings name=containerInsights,value=enhanced'] } },
    { name: 'IPv6-only wanted, not begun', resource: off, world: world(legacy, { ...legacy, arn: `${legacy.arn}-2` }), reports: { message: 'Container Insights is disabled in prod, whose workload is on the move: 2 services ipv4.' } },
    { name: 'dual-stack wanted, partly there', resource: off, world: world(both, legacy), posture: 'dual-stack', reports: { actual: { containerInsights: 'disabled', postures: ['ipv4', 'dual-stack'] } } },
    { name: 'by a task of no service', resource: off, world: { ...world(moved), tasks: [aTask({ serviceName: undefined, subnetId: 'subnet-4' })] }, reports: { message: 'Container Insights is disabled in prod, whose workload is on the move: 1 task ipv4 and 1 service ipv6-only.' } },
    { name: 'by a host', resource: off, world: { ...world(moved), containerInstances: [aContainerInstance()], instances: [anInstance({ interfaces: [], subnetId: 'subnet-2' })] }, reports: { message: 'Container Insights is disabled in prod, whose workload is on the move: 1 host dual-stack and 1 service ipv6-only.' } },
    { name: 'on the way, though something could not be read', resource: off, world: { ...world(moved, legacy), gaps: [aGap({ collection: 'containerInstances' })] }, reports: { messageId: 'off' } },
  ],
  unknown: [
    { name: 'services could not be read', resource: off, world: { ...world(moved), gaps: [aGap({ collection: 'services' })] }, because: 'services' },
    { name: 'tasks could not be read', resource: off, world: { ...world(moved), gaps: [aGap()] }, because: 'tasks' },
    { name: 'hosts could not be read', resource: off, world: { ...world(moved), gaps: [aGap({ collection: 'containerInstances' })] }, because: 'containerInstances' },
    { name: 'a subnet could not be read', resource: off, world: { ...world(moved), subnets: [], gaps: [aGap({ collection: 'subnets' })] }, because: 'subnets' },
    { name: 'ECS shows no settings', resource: aCluster({ containerInsights: undefined }), world: world(legacy), because: 'not stated' },
  ],
  apply: ({ containerInsights }, { resource, world: same }) => ({
    resource: { ...resource, containerInsights: String(containerInsights) },
    world: same,
  }),
}); // prettier-ignore
