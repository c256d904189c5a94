/** Every operation that lists, describes or gets something, with what it is asked and what it shows where that is. */
import { NAME, type Furniture } from './furnish';

interface Reading {
  readonly action: string;
  readonly input: object;
  /** Part of the answer in the place where the thing is. */
  readonly shows: string;
}

type Row = readonly [action: string, input: object, shows: string];

const autoscaling = (made: Furniture): readonly Row[] => [
  ['DescribeAutoScalingGroups', {}, made.subnetA],
  ['DescribeAutoScalingInstances', {}, NAME],
  ['DescribeScalingActivities', {}, NAME],
  ['DescribeTags', {}, NAME],
];

const dynamodb = (): readonly Row[] => [
  ['BatchGetItem', { RequestItems: { [NAME]: { Keys: [{ id: { S: NAME } }] } } }, NAME],
  ['DescribeContinuousBackups', { TableName: NAME }, 'ContinuousBackupsDescription'],
  ['DescribeTable', { TableName: NAME }, NAME],
  ['DescribeTimeToLive', { TableName: NAME }, 'TimeToLiveDescription'],
  ['GetItem', { TableName: NAME, Key: { id: { S: NAME } } }, NAME],
  ['ListTables', {}, NAME],
  [
    'Query',
    {
      ...{ TableName: NAME, KeyConditionExpression: 'id = :id' },
      ExpressionAttributeValues: { ':id': { S: NAME } },
    },
    NAME,
  ],
  ['Scan', { TableName: NAME }, NAME],
];

const ec2 = (made: Furniture): readonly Row[] => [
  ['DescribeAddresses', {}, made.allocation],
  ['DescribeEgressOnlyInternetGateways', {}, made.egressGateway],
  ['DescribeFlowLogs', {}, made.flowLog],
  ['DescribeInstanceAttribute', { InstanceId: made.instance, Attribute: 'userData' }, made.instance],
  ['DescribeInstanceStatus', {}, made.instance],
  ['DescribeInstances', {}, made.instance],
  ['DescribeInternetGateways', {}, made.internetGateway],
  ['DescribeLaunchTemplateVersions', { LaunchTemplateName: NAME }, NAME],
  ['GetLaunchTemplateData', { InstanceId: made.instance }, made.subnetA],
  ['DescribeLaunchTemplates', {}, NAME],
  ['DescribeManagedPrefixLists', {}, made.prefixList],
  ['GetManagedPrefixListEntries', { PrefixListId: made.prefixList }, '2001:db8:'],
  ['DescribeNatGateways', {}, made.natGateway],
  ['DescribeNetworkAcls', {}, made.networkAcl],
  ['DescribeNetworkInterfaces', {}, made.networkInterface],
  ['DescribeRouteTables', {}, made.routeTable],
  ['DescribeSecurityGroupRules', {}, made.securityGroup],
  ['DescribeSecurityGroups', {}, made.securityGroup],
  ['DescribeSubnets', {}, made.subnetA],
  ['DescribeTags', {}, NAME],
  ['DescribeVpcAttribute', { VpcId: made.vpc, Attribute: 'enableDnsSupport' }, made.vpc],
  ['DescribeVpcEndpoints', {}, made.vpcEndpoint],
  ['DescribeVpcs', {}, made.vpc],
];

const ecs = (made: Furniture): readonly Row[] => {
  const { cluster, service } = made;
  return [
    ['DescribeClusters', { clusters: [NAME] }, cluster],
    ['DescribeContainerInstances', { cluster, containerInstances: [made.containerInstance] }, made.instance],
    ['DescribeServiceDeployments', { serviceDeploymentArns: [made.deployment] }, 'targetServiceRevision'],
    ['DescribeServiceRevisions', { serviceRevisionArns: [made.revision] }, made.taskDefinition],
    ['DescribeServices', { cluster: NAME, services: [NAME] }, service],
    ['DescribeTaskDefinition', { taskDefinition: NAME }, made.taskDefinition],
    ['DescribeTaskSets', { cluster: NAME, service: 'sets' }, made.taskSet],
    ['DescribeTasks', { cluster, tasks: [made.task] }, made.taskDefinition],
    ['GetTaskProtection', { cluster, tasks: [made.serviceTask] }, made.serviceTask],
    ['ListAccountSettings', { name: 'containerInsights' }, 'enabled'],
    ['ListAttributes', { cluster: NAME, targetType: 'container-instance', attributeName: NAME }, NAME],
    ['ListClusters', {}, cluster],
    ['ListContainerInstances', { cluster: NAME }, made.containerInstance],
    ['ListServiceDeployments', { cluster: NAME, service: NAME }, made.deployment],
    ['ListServices', { cluster: NAME }, service],
    ['ListTagsForResource', { resourceArn: made.taskDefinition }, NAME],
    ['ListTaskDefinitionFamilies', {}, NAME],
    ['ListTaskDefinitions', {}, made.taskDefinition],
    ['ListTasks', { cluster: NAME }, made.task],
  ];
};

const elasticfilesystem = (made: Furniture): readonly Row[] => [
  ['DescribeAccessPoints', {}, made.accessPoint],
  ['DescribeFileSystems', {}, made.fileSystem],
  ['DescribeMountTargetSecurityGroups', { MountTargetId: made.mountTarget }, 'sg-'],
  ['DescribeMountTargets', { FileSystemId: made.fileSystem }, made.mountTarget],
  ['ListTagsForResource', { ResourceId: made.fileSystem }, NAME],
];

const elasticloadbalancing = (made: Furniture): readonly Row[] => [
  ['DescribeListeners', { LoadBalancerArn: made.loadBalancer }, made.listener],
  ['DescribeLoadBalancerAttributes', { LoadBalancerArn: made.loadBalancer }, 'idle_timeout'],
  ['DescribeLoadBalancers', {}, made.loadBalancer],
  ['DescribeRules', { ListenerArn: made.listener }, made.targetGroup],
  ['DescribeTags', { ResourceArns: [made.targetGroup] }, NAME],
  ['DescribeTargetGroupAttributes', { TargetGroupArn: made.targetGroup }, 'deregistration_delay'],
  ['DescribeTargetGroups', {}, made.targetGroup],
  ['DescribeTargetHealth', { TargetGroupArn: made.targetGroup }, '10.0.1.200'],
];

const events = (made: Furniture): readonly Row[] => [
  ['DescribeEventBus', { Name: NAME }, made.bus],
  ['DescribeRule', { Name: NAME }, NAME],
  ['ListEventBuses', {}, made.bus],
  ['ListRuleNamesByTarget', { TargetArn: made.queueArn }, NAME],
  ['ListRules', {}, NAME],
  ['ListTagsForResource', { ResourceARN: made.bus }, NAME],
  ['ListTargetsByRule', { Rule: NAME }, NAME],
];

const lambda = (): readonly Row[] => [
  ['GetFunctionConfiguration', { FunctionName: NAME }, NAME],
  ['ListFunctions', {}, NAME],
];

const scheduler = (made: Furniture): readonly Row[] => [
  ['GetSchedule', { Name: NAME }, NAME],
  ['GetScheduleGroup', { Name: NAME }, made.scheduleGroup],
  ['ListScheduleGroups', {}, made.scheduleGroup],
  ['ListSchedules', {}, NAME],
  ['ListTagsForResource', { ResourceArn: made.scheduleGroup }, NAME],
];

const servicediscovery = (made: Furniture): readonly Row[] => [
  ['DiscoverInstances', { NamespaceName: NAME, ServiceName: NAME }, '10.0.1.201'],
  ['DiscoverInstancesRevision', { NamespaceName: NAME, ServiceName: NAME }, 'InstancesRevision'],
  ['GetInstance', { ServiceId: made.registry, InstanceId: NAME }, '10.0.1.201'],
  ['GetInstancesHealthStatus', { ServiceId: made.registry }, NAME],
  ['GetNamespace', { Id: made.namespace }, NAME],
  ['GetOperation', { OperationId: made.operation }, made.namespace],
  ['GetService', { Id: made.registry }, NAME],
  ['ListInstances', { ServiceId: made.registry }, '10.0.1.201'],
  ['ListNamespaces', {}, made.namespace],
  ['ListOperations', {}, made.operation],
  ['ListServices', {}, made.registry],
  ['ListTagsForResource', { ResourceARN: made.registryArn }, NAME],
];

const sns = (made: Furniture): readonly Row[] => [
  ['GetSubscriptionAttributes', { SubscriptionArn: made.subscription }, made.topic],
  ['GetTopicAttributes', { TopicArn: made.topic }, made.topic],
  ['ListSubscriptions', {}, made.subscription],
  ['ListSubscriptionsByTopic', { TopicArn: made.topic }, made.subscription],
  ['ListTagsForResource', { ResourceArn: made.topic }, NAME],
  ['ListTopics', {}, made.topic],
];

const sqs = (made: Furniture): readonly Row[] => [
  ['GetQueueAttributes', { QueueUrl: made.queue, AttributeNames: ['All'] }, made.queueArn],
  ['GetQueueUrl', { QueueName: NAME }, made.queue],
  ['ListDeadLetterSourceQueues', { QueueUrl: made.queue }, `${NAME}-source`],
  ['ListQueueTags', { QueueUrl: made.queue }, NAME],
  ['ListQueues', {}, made.queue],
  ['ReceiveMessage', { QueueUrl: made.queue, VisibilityTimeout: 0 }, NAME],
];

const ssm = (): readonly Row[] => [
  ['DescribeParameters', {}, NAME],
  ['GetParameter', { Name: `/${NAME}/a` }, NAME],
  ['GetParameters', { Names: [`/${NAME}/a`] }, 'LastModifiedDate'],
  ['GetParametersByPath', { Path: `/${NAME}` }, NAME],
];

const secretsmanager = (made: Furniture): readonly Row[] => [
  ['DescribeSecret', { SecretId: NAME }, made.secret],
  ['GetSecretValue', { SecretId: NAME }, made.secret],
  ['ListSecrets', {}, made.secret],
];

const vpcLattice = (made: Furniture): readonly Row[] => [
  ['GetTargetGroup', { targetGroupIdentifier: made.latticeGroup }, NAME],
  ['ListTagsForResource', { resourceArn: made.latticeGroup }, NAME],
  ['ListTargetGroups', {}, made.latticeGroup],
  ['ListTargets', { targetGroupIdentifier: made.latticeGroup }, '10.0.1.202'],
];

const elb = (made: Furniture): readonly Row[] => [['DescribeLoadBalancers', {}, made.classicHost]];

const SERVICES: Readonly<Record<string, (made: Furniture) => readonly Row[]>> = {
  ...{ autoscaling, dynamodb, ec2, ecs, elasticfilesystem, elasticloadbalancing, elb, events, lambda, scheduler },
  ...{ secretsmanager, servicediscovery, sns, sqs, ssm, 'vpc-lattice': vpcLattice },
};

export const readings = (made: Furniture): readonly Reading[] =>
  Object.entries(SERVICES).flatMap(([prefix, rows]) =>
    rows(made).map(([operation, input, shows]) => ({ action: `${prefix}:${operation}`, input, shows })),
  );

/** AWS's own lists, the same for everyone, and who the caller is. */
export const EVERYWHERE = [
  'autoscaling:DescribeScalingProcessTypes',
  'ec2:DescribeAvailabilityZones',
  'ec2:DescribeImages',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeRegions',
  'ec2:DescribeVpcEndpointServices',
  'ecs:DescribeCapacityProviders',
  'sts:GetCallerIdentity',
];
