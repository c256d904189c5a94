/**
 * Every condition between a task and a healthy target over IPv6, in the order in which things happen. A rule has its
 * place here, and says in words what holds where it finds nothing.
 */
export const stages = [
  { id: 'network', title: 'Network' },
  { id: 'host', title: 'Host' },
  { id: 'agent', title: 'Container agent' },
  { id: 'image', title: 'Image and logs' },
  { id: 'start', title: 'Start of the task' },
  { id: 'address', title: 'Addresses' },
  { id: 'registration', title: 'Registration' },
  { id: 'health', title: 'Health' },
  { id: 'beside', title: 'Beside the way' },
] as const;

export type StageId = (typeof stages)[number]['id'];

export interface Place {
  /** A rule's, or that of a condition that is no rule (own-conditions.ts). */
  readonly id: string;
  readonly stage: StageId;
  /** What is so where nothing is wrong. */
  readonly holds: string;
}

type Row = readonly [id: string, holds: string];

const network: readonly Row[] = [
  ['region-unsupported', 'The region supports IPv6-only on ECS'],
  ['vpc-without-ipv6', 'The VPC has an IPv6 block'],
  ['service-subnet-not-ipv6-only', 'The subnets of the service are IPv6-only'],
  ['subnet-not-auto-assigning-ipv6', 'The subnet assigns IPv6 addresses'],
  ['subnet-without-ipv6-route', 'The subnet has a route to ::/0'],
  ['subnet-open-ipv6-route', 'Private subnets go out by an egress-only gateway'],
  ['subnet-nat64-incomplete', 'DNS64 and NAT64 come together'],
  ['network-acl-blocks-ipv6', 'The network ACL lets IPv6 and ICMPv6 through'],
  ['security-group-blocks-ipv6', 'The security groups let IPv6 through'],
  ['ecr-endpoint-not-dual-stack', 'VPC endpoints of ECR are dual-stack'],
];
const host: readonly Row[] = [
  ['instance-launch-template-without-primary-ipv6', 'The launch template asks for a primary IPv6 address'],
  ['instance-type-without-ipv6', 'The instance type has IPv6'],
  ['instance-os-unsupported', 'The host runs Linux'],
  ['instance-ami-not-ecs-optimized', 'The AMI is ECS-optimized'],
  ['instance-without-primary-ipv6', 'The host has a primary IPv6 address'],
];
const agent: readonly Row[] = [
  ['instance-agent-too-old', 'The container agent is new enough'],
  ['instance-ip-compatibility-mismatch', 'The agent knows which address family it has'],
  ['host-connected', 'The host is active and its agent connected'],
];
const image: readonly Row[] = [
  ['image-not-dual-stack', 'Images are pulled by dual-stack names'],
  ['log-endpoint-ipv4-only', 'Logs go to dual-stack endpoints'],
  ['efs-mount-target-ipv4-only', 'File systems have IPv6 mount targets'],
];
const start: readonly Row[] = [
  ['task-os-unsupported', 'The task is a Linux task'],
  ['task-platform-too-old', 'The Fargate platform is new enough'],
  ['stopped-tasks', 'No task had to stop'],
  ['task-running', 'Tasks run'],
];
const address: readonly Row[] = [
  ['account-dual-stack-setting-off', 'The account gives dual-stack tasks IPv6 addresses'],
  ['task-without-ipv6', 'Tasks have an IPv6 address'],
  ['task-with-ipv4', 'Tasks have no IPv4 address'],
];
const registration: readonly Row[] = [
  ['service-classic-load-balancer', 'No Classic Load Balancer is used'],
  ['service-load-balancer-not-dual-stack', 'The load balancer is dual-stack'],
  ['service-target-type-mismatch', 'The target type fits the network mode'],
  ['service-target-group-not-ipv6', 'The target groups are IPv6'],
  ['service-lattice-target-group-not-ipv6', 'The target groups of VPC Lattice are IPv6'],
  ['service-registry-record-type', 'The records of Cloud Map fit'],
  ['target-blocks-registration', 'No other target blocks the registration'],
  ['task-stuck-registering', 'No task is stuck in registration'],
  ['service-events', 'ECS complains of nothing that is known here'],
  ['target-registered', 'Tasks are registered in their target groups'],
  ['cloudmap-registered', 'Tasks are registered in Cloud Map'],
  ['cloudmap-instance-without-ipv6', 'Registrations in Cloud Map have an IPv6 address'],
  ['cloudmap-instance-with-ipv4', 'Registrations in Cloud Map have no IPv4 address'],
  ['target-family-mismatch', 'Registered addresses are of the right family'],
  ['target-orphaned', 'Every target belongs to a task'],
  ['cloudmap-instance-orphaned', 'Every registration in Cloud Map belongs to a task'],
];
const health: readonly Row[] = [
  ['service-connect-loopback', 'Programs behind Service Connect listen on ::1'],
  ['target-healthy', 'The targets are healthy'],
];
const beside: readonly Row[] = [
  ['network-mode-not-awsvpc', 'The network mode is awsvpc'],
  ['service-exec-enabled', 'ECS Exec is off for the service'],
  ['task-exec-enabled', 'ECS Exec is off in the tasks'],
  ['flow-logs-off', 'Flow logs are on'],
  ['container-insights-off', 'Container Insights are on'],
];

const rows: Readonly<Record<StageId, readonly Row[]>> = {
  ...{ network, host, agent, image, start, address, registration, health, beside },
};

/** All places, the first on the way first. */
export const order: readonly Place[] = stages.flatMap(({ id: stage }) =>
  rows[stage].map(([id, holds]) => ({ id, stage, holds })),
);
