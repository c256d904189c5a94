/** Makes one of everything in a place, under names that do not depend on the place. */
import type { SimulatedClock } from '../../../../infra/local/kernel/clock';
import { ECS_IMAGE } from '../services/ec2/an-ec2-account';
import { functionArn, registerFunction } from '../../../../infra/local/services/lambda/functions';
import type { Place } from './a-place';

/** Longer than load balancers, namespaces, mount targets, instances and tasks take to come up. */
const SETTLE_MS = 180_000;

export const NAME = 'apart';
const tags = [{ Key: 'name', Value: NAME }];

async function network({ scope, call, made }: Place) {
  const vpc = await made('ec2:CreateVpc', { CidrBlock: '10.0.0.0/16' }, 'Vpc.VpcId');
  await call('ec2:CreateTags', { Resources: [vpc], Tags: tags });
  const subnet = (zone: string, third: number) => {
    const CidrBlock = `10.0.${String(third)}.0/24`;
    const input = { VpcId: vpc, AvailabilityZone: `${scope.region}${zone}`, CidrBlock };
    return made('ec2:CreateSubnet', input, 'Subnet.SubnetId');
  };
  const subnetA = await subnet('a', 1);
  const subnetB = await subnet('b', 2);
  const internetGateway = await made('ec2:CreateInternetGateway', {}, 'InternetGateway.InternetGatewayId');
  await call('ec2:AttachInternetGateway', { InternetGatewayId: internetGateway, VpcId: vpc });
  const egress = 'EgressOnlyInternetGateway.EgressOnlyInternetGatewayId';
  const group = { GroupName: NAME, Description: NAME, VpcId: vpc };
  const allocation = await made('ec2:AllocateAddress', { Domain: 'vpc' }, 'AllocationId');
  const flow = { ResourceIds: [vpc], ResourceType: 'VPC', TrafficType: 'ALL', LogGroupName: NAME };
  const list = { PrefixListName: NAME, AddressFamily: 'IPv6', MaxEntries: 1, Entries: [{ Cidr: '2001:db8:1::/48' }] };
  const endpoint = { VpcId: vpc, ServiceName: `com.amazonaws.${scope.region}.s3` };
  return {
    ...{ vpc, subnetA, subnetB, internetGateway, allocation },
    egressGateway: await made('ec2:CreateEgressOnlyInternetGateway', { VpcId: vpc }, egress),
    natGateway: await made(
      'ec2:CreateNatGateway',
      { SubnetId: subnetA, AllocationId: allocation },
      'NatGateway.NatGatewayId',
    ),
    securityGroup: await made('ec2:CreateSecurityGroup', group, 'GroupId'),
    routeTable: await made('ec2:CreateRouteTable', { VpcId: vpc }, 'RouteTable.RouteTableId'),
    networkAcl: await made('ec2:CreateNetworkAcl', { VpcId: vpc }, 'NetworkAcl.NetworkAclId'),
    prefixList: await made('ec2:CreateManagedPrefixList', list, 'PrefixList.PrefixListId'),
    networkInterface: await made(
      'ec2:CreateNetworkInterface',
      { SubnetId: subnetA },
      'NetworkInterface.NetworkInterfaceId',
    ),
    vpcEndpoint: await made('ec2:CreateVpcEndpoint', endpoint, 'VpcEndpoint.VpcEndpointId'),
    flowLog: await made(
      'ec2:CreateFlowLogs',
      { ...flow, DeliverLogsPermissionArn: `arn:aws:iam::${scope.account}:role/flow` },
      'FlowLogIds.0',
    ),
  };
}

async function machines({ call, made }: Place, subnet: string) {
  const LaunchTemplateData = { ImageId: ECS_IMAGE, InstanceType: 't3.micro' };
  const template = { LaunchTemplateName: NAME, LaunchTemplateData };
  await call('autoscaling:CreateAutoScalingGroup', {
    ...{ AutoScalingGroupName: NAME, MinSize: 1, MaxSize: 1, VPCZoneIdentifier: subnet, Tags: tags },
    LaunchTemplate: {
      LaunchTemplateId: await made('ec2:CreateLaunchTemplate', template, 'LaunchTemplate.LaunchTemplateId'),
    },
  });
  const run = { ...LaunchTemplateData, MinCount: 1, MaxCount: 1, SubnetId: subnet };
  return { instance: await made('ec2:RunInstances', run, 'Instances.0.InstanceId') };
}

async function balancing({ call, made }: Place, { vpc, subnetA, subnetB }: Awaited<ReturnType<typeof network>>) {
  const group = { Name: NAME, Protocol: 'HTTP', Port: 80, VpcId: vpc, TargetType: 'ip', Tags: tags };
  const targetGroup = await made('elasticloadbalancing:CreateTargetGroup', group, 'TargetGroups.0.TargetGroupArn');
  const balancer = { Name: NAME, Subnets: [subnetA, subnetB] };
  const create = 'elasticloadbalancing:CreateLoadBalancer';
  const loadBalancer = await made(create, balancer, 'LoadBalancers.0.LoadBalancerArn');
  const forward = [{ Type: 'forward', TargetGroupArn: targetGroup }];
  const listener = await made(
    'elasticloadbalancing:CreateListener',
    { LoadBalancerArn: loadBalancer, Protocol: 'HTTP', Port: 80, DefaultActions: forward },
    'Listeners.0.ListenerArn',
  );
  const Targets = [{ Id: '10.0.1.200', Port: 8080 }];
  await call('elasticloadbalancing:RegisterTargets', { TargetGroupArn: targetGroup, Targets });
  const Listeners = [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 8080 }];
  const old = { LoadBalancerName: `${NAME}-classic`, Subnets: [subnetA], Listeners };
  const classicHost = await made('elb:CreateLoadBalancer', old, 'DNSName');
  return { targetGroup, loadBalancer, listener, classicHost };
}

async function containers({ call, made }: Place, subnet: string, instance: string) {
  const cluster = await made('ecs:CreateCluster', { clusterName: NAME }, 'cluster.clusterArn');
  await call('ecs:PutAccountSetting', { name: 'containerInsights', value: 'enabled' });
  const definition = {
    ...{ family: NAME, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
    containerDefinitions: [{ name: 'app', image: 'nginx' }],
    tags: [{ key: 'name', value: NAME }],
  };
  const taskDefinition = await made('ecs:RegisterTaskDefinition', definition, 'taskDefinition.taskDefinitionArn');
  const place = { cluster, launchType: 'FARGATE', taskDefinition };
  const networkConfiguration = { awsvpcConfiguration: { subnets: [subnet] } };
  const service = { ...place, serviceName: NAME, desiredCount: 1, networkConfiguration };
  const external = { cluster, serviceName: 'sets', desiredCount: 1, deploymentController: { type: 'EXTERNAL' } };
  await made('ecs:CreateService', external, 'service.serviceArn');
  const identity = { instanceIdentityDocument: JSON.stringify({ instanceId: instance }) };
  const containerInstance = await made(
    'ecs:RegisterContainerInstance',
    { cluster, ...identity, instanceIdentityDocumentSignature: 'signed', versionInfo: { agentVersion: '1.105.1' } },
    'containerInstance.containerInstanceArn',
  );
  const attributes = [{ name: NAME, value: NAME, targetId: containerInstance }];
  await call('ecs:PutAttributes', { cluster, attributes });
  const taskSet = { ...place, service: 'sets', networkConfiguration };
  return {
    ...{ cluster, taskDefinition, containerInstance },
    service: await made('ecs:CreateService', service, 'service.serviceArn'),
    taskSet: await made('ecs:CreateTaskSet', taskSet, 'taskSet.taskSetArn'),
    task: await made('ecs:RunTask', { ...place, networkConfiguration }, 'tasks.0.taskArn'),
  };
}

async function discovery({ call, made }: Place) {
  const operation = await made('servicediscovery:CreateHttpNamespace', { Name: NAME }, 'OperationId');
  return {
    operation,
    async filled() {
      const done = { OperationId: operation };
      const namespace = await made('servicediscovery:GetOperation', done, 'Operation.Targets.NAMESPACE');
      const service = { Name: NAME, NamespaceId: namespace, Tags: tags };
      const registry = await made('servicediscovery:CreateService', service, 'Service.Id');
      const Attributes = { AWS_INSTANCE_IPV4: '10.0.1.201' };
      await call('servicediscovery:RegisterInstance', { ServiceId: registry, InstanceId: NAME, Attributes });
      const ResourceARN = await made('servicediscovery:GetService', { Id: registry }, 'Service.Arn');
      return { namespace, registry, registryArn: ResourceARN };
    },
  };
}

async function storage({ call, made }: Place, subnet: string) {
  const system = { CreationToken: NAME, Tags: tags };
  const fileSystem = await made('elasticfilesystem:CreateFileSystem', system, 'FileSystemId');
  await call('dynamodb:CreateTable', {
    ...{ TableName: NAME, BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  });
  await call('dynamodb:PutItem', { TableName: NAME, Item: { id: { S: NAME } } });
  await call('ssm:PutParameter', { Name: `/${NAME}/a`, Value: NAME, Type: 'String' });
  return {
    fileSystem,
    async mounted() {
      const inSubnet = { FileSystemId: fileSystem, SubnetId: subnet };
      const access = { ClientToken: NAME, FileSystemId: fileSystem };
      return {
        mountTarget: await made('elasticfilesystem:CreateMountTarget', inSubnet, 'MountTargetId'),
        accessPoint: await made('elasticfilesystem:CreateAccessPoint', access, 'AccessPointId'),
      };
    },
  };
}

async function messaging({ scope, call, made }: Place) {
  const queue = await made('sqs:CreateQueue', { QueueName: NAME, tags: { name: NAME } }, 'QueueUrl');
  const at = (service: string, rest: string) => `arn:aws:${service}:${scope.region}:${scope.account}:${rest}`;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: at('sqs', NAME), maxReceiveCount: 3 });
  await call('sqs:CreateQueue', { QueueName: `${NAME}-source`, Attributes: { RedrivePolicy } });
  await call('sqs:SendMessage', { QueueUrl: queue, MessageBody: NAME });
  const topic = await made('sns:CreateTopic', { Name: NAME, Tags: tags }, 'TopicArn');
  const follow = { TopicArn: topic, Protocol: 'sqs', Endpoint: at('sqs', NAME), ReturnSubscriptionArn: true };
  const bus = await made('events:CreateEventBus', { Name: NAME, Tags: tags }, 'EventBusArn');
  const rule = { Name: NAME, EventPattern: '{"source":["a"]}' };
  await call('events:PutRule', rule);
  await call('events:PutTargets', { Rule: NAME, Targets: [{ Id: NAME, Arn: at('sqs', NAME) }] });
  const scheduleGroup = await made('scheduler:CreateScheduleGroup', { Name: NAME, Tags: tags }, 'ScheduleGroupArn');
  const schedule = {
    ...{ Name: NAME, ScheduleExpression: 'rate(1 day)', FlexibleTimeWindow: { Mode: 'OFF' } },
    Target: { Arn: at('sqs', NAME), RoleArn: `arn:aws:iam::${scope.account}:role/${NAME}` },
  };
  await call('scheduler:CreateSchedule', schedule);
  return {
    ...{ queue, topic, bus, scheduleGroup, queueArn: at('sqs', NAME) },
    subscription: await made('sns:Subscribe', follow, 'SubscriptionArn'),
  };
}

async function latticeAndSecret({ call, made }: Place, vpc: string) {
  const group = { name: NAME, type: 'IP', config: { port: 80, protocol: 'HTTP', vpcIdentifier: vpc } };
  const latticeGroup = await made('vpc-lattice:CreateTargetGroup', { ...group, tags: { name: NAME } }, 'arn');
  const secret = await made('secretsmanager:CreateSecret', { Name: NAME, SecretString: NAME }, 'ARN');
  const targets = [{ id: '10.0.1.202', port: 80 }];
  await call('vpc-lattice:RegisterTargets', { targetGroupIdentifier: latticeGroup, targets });
  return { latticeGroup, secret };
}

function aFunction({ scope }: Place): void {
  registerFunction(scope, {
    ...{ name: NAME, arn: functionArn(scope, NAME), roleArn: `arn:aws:iam::${scope.account}:role/${NAME}` },
    ...{ handler: 'index.handler', runtime: 'nodejs24.x', description: '', timeoutSeconds: 3, memoryMiB: 128 },
    ...{ variables: {}, invoke: () => Promise.resolve({ payload: 'null' }) },
  });
}

/** Ids, ARNs and URLs of what is in the place. */
export async function furnish(place: Place, clock: SimulatedClock) {
  const net = await network(place);
  const hosts = await machines(place, net.subnetA);
  const elb = await balancing(place, net);
  const namespace = await discovery(place);
  const stored = await storage(place, net.subnetA);
  const messages = await messaging(place);
  const groups = await latticeAndSecret(place, net.vpc);
  aFunction(place);
  await clock.advance(SETTLE_MS);
  const tasks = await containers(place, net.subnetA, hosts.instance);
  const cloudMap = { operation: namespace.operation, ...(await namespace.filled()) };
  const files = { fileSystem: stored.fileSystem, ...(await stored.mounted()) };
  await clock.advance(SETTLE_MS);
  const { cluster, service } = tasks;
  const list = { cluster, service };
  const serviceTask = await place.made('ecs:ListTasks', { cluster, serviceName: NAME }, 'taskArns.0');
  const deployment = await place.made('ecs:ListServiceDeployments', list, 'serviceDeployments.0.serviceDeploymentArn');
  const deployed = { serviceDeploymentArns: [deployment] };
  const path = 'serviceDeployments.0.targetServiceRevision.arn';
  const revision = await place.made('ecs:DescribeServiceDeployments', deployed, path);
  const rollout = { serviceTask, deployment, revision };
  return { ...net, ...hosts, ...elb, ...messages, ...groups, ...tasks, ...cloudMap, ...files, ...rollout };
}

export type Furniture = Awaited<ReturnType<typeof furnish>>;
