/** Random target groups, targets and Cloud Map instances, and the names that random services and tasks share with them. */
import fc from 'fast-check';
import type { Tags } from '../../lib/snapshot/snapshot';
import { aCloudMapInstance, aTarget, aTargetGroup } from '../support/builders';
import { balancerArns } from './a-random-balancing';

const pick = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const id = (prefix: string) => pick('1', '2', '3').map((number) => `${prefix}${number}`);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const some = <Value>(value: fc.Arbitrary<Value>, key: (value: Value) => string) =>
  fc.uniqueArray(value, { maxLength: 3, selector: key });

export const groupArn = id('arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/g');
export const registryArn = id('arn:aws:servicediscovery:eu-west-2:111122223333:service/srv-');
export const address = pick('2001:db8:0:1::1', '2001:db8:0:1::2', '10.0.0.1', '192.168.0.1');
export const port = pick(80, 32768);

const targetGroup = fc
  .record({
    arn: groupArn,
    targetType: pick('ip', 'instance', 'lambda'),
    ipAddressType: pick('ipv4', 'ipv6'),
    loadBalancerArns: balancerArns,
    protocol: pick('HTTP', 'TCP', 'UDP'),
    healthCheckPort: maybe(pick(80, 9000)),
    vpcId: maybe(fc.constant('vpc-1')),
    tags: maybe(fc.constantFrom<Tags>({}, { team: 'a' })),
  })
  .map((over) => aTargetGroup(over));

const target = fc
  .record({
    targetGroupArn: groupArn,
    targetId: fc.oneof(address, id('i-')),
    port,
    state: pick('healthy', 'unhealthy', 'draining', 'unused'),
  })
  .map((over) => aTarget(over));

const registration = fc
  .record({
    serviceArn: registryArn,
    instanceId: id('t'),
    ipv4: maybe(fc.constant('10.0.0.1')),
    ipv6: maybe(fc.constant('2001:db8:0:1::1')),
    port: maybe(port),
    ecsClusterName: maybe(fc.constant('prod')),
    ecsServiceName: maybe(id('s')),
    attributes: fc.constantFrom<Tags>({}, { REGION: 'eu-west-2', EC2_INSTANCE_ID: 'i-1' }),
  })
  .map((over) => aCloudMapInstance(over));

/** Collections of a random world. */
export const aRegistration = {
  targetGroups: some(targetGroup, ({ arn }) => arn),
  targets: some(target, ({ key }) => key),
  cloudMapInstances: some(registration, ({ key }) => key),
};
