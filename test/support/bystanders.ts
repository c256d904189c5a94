/**
 * A workload beside that of a case, in another cluster and another VPC, where much is wrong: services `shop` (bridge mode,
 * on `i-aside`) and `billing` (awsvpc), and a task of no service. No finding about anything else changes because of it.
 */
import {
  ACCOUNT,
  aCloudMapInstance,
  aCloudMapService,
  aCluster,
  aContainerInstance,
  aFileSystem,
  aLaunchTemplate,
  aMountTarget,
  anAutoScalingGroup,
  anInstance,
  aService,
  aSubnet,
  aTarget,
  aTargetGroup,
  aTask,
  aTaskDefinition,
  aVpc,
  REGION,
} from './builders';
import { aLatticeTargetGroup, aLoadBalancer } from './balancing-builders';
import {
  aNetworkAcl,
  anEntry,
  aPermission,
  aRoute,
  aRouteTable,
  aSecurityGroup,
  aVpcEndpoint,
} from './network-builders';
import type { Contents } from './snapshot-builder';

const ecs = (type: string, name: string): string => `arn:aws:ecs:${REGION}:${ACCOUNT}:${type}/${name}`;
const clusterArn = ecs('cluster', 'stage');
const hostArn = ecs('container-instance', 'stage/dead');
const definitions = { shop: ecs('task-definition', 'shop:1'), billing: ecs('task-definition', 'billing:1') };
const groupArn = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/shop/9999999999999999`;
const balancerArn = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/shop/9999999999999999`;
const latticeArn = `arn:aws:vpc-lattice:${REGION}:${ACCOUNT}:targetgroup/tg-99999999999999999`;
const registryArn = `arn:aws:servicediscovery:${REGION}:${ACCOUNT}:service/srv-shop`;

const inStage = { clusterArn, subnetIds: ['subnet-aside'], securityGroupIds: ['sg-aside'], execEnabled: true };
const shop = aService({
  ...{ arn: ecs('service', 'stage/shop'), name: 'shop', ...inStage, subnetIds: [], securityGroupIds: [] },
  ...{ launchType: 'EC2', taskDefinitionArn: definitions.shop, serviceConnect: true },
  loadBalancers: [{ targetGroupArn: groupArn, containerName: 'app', containerPort: 80 }],
  registries: [{ registryArn, containerName: 'app', containerPort: 80 }],
  deployments: [
    { id: 'ecs-svc/8', status: 'PRIMARY', rolloutState: 'IN_PROGRESS', taskDefinitionArn: definitions.shop },
  ],
});
const billing = aService({
  ...{ arn: ecs('service', 'stage/billing'), name: 'billing', ...inStage, taskDefinitionArn: definitions.billing },
  ...{ loadBalancers: [], latticeTargetGroupArns: [latticeArn] },
  deployments: [
    { id: 'ecs-svc/9', status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinitionArn: definitions.billing },
  ],
});

const ofShop = aTask({
  ...{ arn: ecs('task', 'stage/s1'), id: 's1', clusterArn, serviceName: 'shop', startedBy: 'ecs-svc/8' },
  ...{ launchType: 'EC2', taskDefinitionArn: definitions.shop, containerInstanceArn: hostArn },
  ...{ networkInterfaceId: undefined, subnetId: undefined, ipv6Addresses: [], execEnabled: true },
  bindings: [{ bindIp: '0.0.0.0', containerPort: 80, hostPort: 32768, protocol: 'tcp' }],
});
const inSubnet = { clusterArn, taskDefinitionArn: definitions.billing, subnetId: 'subnet-aside', execEnabled: true };
const ofBilling = aTask({
  ...{ arn: ecs('task', 'stage/b1'), id: 'b1', serviceName: 'billing', startedBy: 'ecs-svc/9', ...inSubnet },
  ...{ ipv4Addresses: ['10.9.0.1'], ipv6Addresses: [] },
});
const alone = aTask({
  ...{ arn: ecs('task', 'stage/c1'), id: 'c1', serviceName: undefined, startedBy: 'cron', ...inSubnet },
  ...{ ipv4Addresses: ['10.9.0.2'], ipv6Addresses: ['2001:db8:9:9::2'] },
});

const containers = [
  {
    ...{ name: 'app', image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop:1` },
    logDriver: 'awslogs',
  },
];
const face = {
  id: 'eni-aside',
  deviceIndex: 0,
  subnetId: 'subnet-aside',
  ipv4Addresses: ['10.9.0.9'],
  ipv6Addresses: [],
};

export const bystanders: Contents = {
  clusters: [aCluster({ arn: clusterArn, name: 'stage', containerInsights: 'disabled' })],
  services: [shop, billing],
  tasks: [ofShop, ofBilling, alone],
  taskDefinitions: [
    aTaskDefinition({ arn: definitions.shop, family: 'shop', revision: 1, networkMode: 'bridge', containers }),
    aTaskDefinition({
      arn: definitions.billing,
      family: 'billing',
      revision: 1,
      containers,
      fileSystemIds: ['fs-aside'],
    }),
  ],
  containerInstances: [
    aContainerInstance({ arn: hostArn, clusterArn, ec2InstanceId: 'i-aside', agentVersion: '1.50.0' }),
  ],
  instances: [
    anInstance({
      ...{
        id: 'i-aside',
        imageId: 'ami-aside',
        instanceType: 't2.micro',
        vpcId: 'vpc-aside',
        subnetId: 'subnet-aside',
      },
      interfaces: [{ ...face, ipv6Prefixes: [], securityGroupIds: ['sg-aside'] }],
    }),
  ],
  subnets: [aSubnet({ id: 'subnet-aside', vpcId: 'vpc-aside', ipv6Native: false, ipv6Cidrs: [], assignsIpv6: false })],
  vpcs: [aVpc({ id: 'vpc-aside', ipv4Cidrs: ['10.9.0.0/16'], ipv6Cidrs: [] })],
  routeTables: [
    aRouteTable({
      ...{ id: 'rtb-aside', vpcId: 'vpc-aside' },
      routes: [aRoute({ target: { kind: 'internet-gateway', id: 'igw-aside' }, state: 'blackhole' })],
    }),
  ],
  securityGroups: [
    aSecurityGroup({
      id: 'sg-aside',
      name: 'shop',
      vpcId: 'vpc-aside',
      egress: [],
      ingress: [aPermission({ ipv6Cidrs: [] })],
    }),
  ],
  networkAcls: [
    aNetworkAcl({
      id: 'acl-aside',
      vpcId: 'vpc-aside',
      subnetIds: ['subnet-aside'],
      entries: [anEntry({ action: 'deny' })],
    }),
  ],
  vpcEndpoints: [aVpcEndpoint({ id: 'vpce-aside', vpcId: 'vpc-aside', ipAddressType: 'ipv4' })],
  targetGroups: [
    aTargetGroup({
      ...{ arn: groupArn, name: 'shop', ipAddressType: 'ipv4', targetType: 'instance', port: 80, vpcId: 'vpc-aside' },
      loadBalancerArns: [balancerArn],
    }),
  ],
  loadBalancers: [
    aLoadBalancer({
      ...{ arn: balancerArn, name: 'shop', ipAddressType: 'ipv4', vpcId: 'vpc-aside', securityGroupIds: ['sg-aside'] },
      ...{ zones: [{ name: `${REGION}a`, subnetId: 'subnet-aside' }], subnetIds: ['subnet-aside'] },
    }),
  ],
  latticeTargetGroups: [
    aLatticeTargetGroup({ arn: latticeArn, name: 'billing', ipAddressType: 'IPV4', vpcId: 'vpc-aside' }),
  ],
  targets: [aTarget({ targetGroupArn: groupArn, targetId: 'i-aside', port: 32768, state: 'unhealthy' })],
  cloudMapServices: [aCloudMapService({ arn: registryArn, id: 'srv-shop', name: 'shop', recordTypes: ['A'] })],
  cloudMapInstances: [
    aCloudMapInstance({
      ...{ serviceArn: registryArn, instanceId: 's1', ipv4: '10.9.0.9', ipv6: undefined },
      ...{ ecsClusterName: 'stage', ecsServiceName: 'shop' },
    }),
  ],
  autoScalingGroups: [
    anAutoScalingGroup({ name: 'others', templates: [{ templateId: 'lt-aside', version: '$Default' }] }),
  ],
  launchTemplates: [
    aLaunchTemplate({
      ...{ id: 'lt-aside', name: 'others' },
      versions: new Map([['$Default', { number: 4, hasPrimaryInterface: true, primaryIpv6: false }]]),
    }),
  ],
  fileSystems: [
    aFileSystem({
      id: 'fs-aside',
      mountTargets: [
        aMountTarget({ id: 'fsmt-aside', subnetId: 'subnet-aside', vpcId: 'vpc-aside', ipv6Address: undefined }),
      ],
    }),
  ],
};
