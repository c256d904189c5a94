/** What ECS keeps of each resource. Views turn these into answers and events; only the controller changes them. */
import type {
  AgentUpdateStatus,
  Attribute,
  CapacityProviderStrategyItem,
  ClusterSetting,
  DeploymentConfiguration,
  DeploymentControllerType,
  LaunchType,
  LoadBalancer,
  PlacementConstraint,
  PlacementStrategy,
  PropagateTags,
  SchedulingStrategy,
  ServiceConnectConfiguration,
  ServiceRegistry,
  TaskDefinition,
  TaskOverride,
  TaskStopCode,
  VersionInfo,
  VpcLatticeConfiguration,
} from '@aws-sdk/client-ecs';
import type { Cancel } from '../../kernel/clock';
import type { ServiceDeploymentRecord, ServiceRevisionRecord, Side, TaskSetRecord } from './rollout-records';

export type Tags = ReadonlyMap<string, string>;

export interface ClusterRecord {
  /** In the order of making, across all resources; so below. */
  readonly sequence: number;
  readonly name: string;
  readonly arn: string;
  status: 'ACTIVE' | 'INACTIVE';
  settings: readonly ClusterSetting[];
  capacityProviders: readonly string[];
  defaultStrategy: readonly CapacityProviderStrategyItem[];
  tags: Tags;
  /** By name; a deleted service stays, INACTIVE, until another takes its name. */
  readonly services: Map<string, ServiceRecord>;
  /** By id, stopped ones included until they are forgotten. */
  readonly tasks: Map<string, TaskRecord>;
  /** By id, deregistered ones included. */
  readonly instances: Map<string, InstanceRecord>;
}

export interface DefinitionRecord {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** As DescribeTaskDefinition shows it. */
  definition: TaskDefinition;
  tags: Tags;
  /** Nothing finds it any more; its number is not given again. */
  deleted: boolean;
}

/** Where tasks run, after launch type, strategy and platform version have been settled. */
export interface Capacity {
  /** What tasks show. */
  readonly launchType: LaunchType;
  /** Set when a launch type was asked for, or implied; a service with a strategy shows none. */
  readonly asked: LaunchType | undefined;
  readonly strategy: readonly CapacityProviderStrategyItem[];
  /** As asked: `LATEST` or a number; absent on EC2. */
  readonly platformVersion: string | undefined;
}

export interface NetworkSettings {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly assignPublicIp: 'ENABLED' | 'DISABLED';
}

/** What a deployment rolls out; tasks keep the one that they were started with. */
export interface Revision {
  readonly definition: DefinitionRecord;
  readonly capacity: Capacity;
  readonly network: NetworkSettings | undefined;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly serviceRegistries: readonly ServiceRegistry[];
  readonly lattice: readonly VpcLatticeConfiguration[];
  readonly connect: ServiceConnectConfiguration | undefined;
}

export interface DeploymentRecord {
  /** `ecs-svc/` and digits. */
  readonly id: string;
  status: 'PRIMARY' | 'ACTIVE';
  readonly revision: Revision;
  desiredCount: number;
  failedTasks: number;
  readonly createdAt: Date;
  updatedAt: Date;
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  readonly side: Side;
  /** What had the production traffic when a blue/green deployment began. */
  readonly blue: DeploymentRecord | undefined;
  /** Absent in a task set. */
  serviceDeployment: ServiceDeploymentRecord | undefined;
}

export interface ServiceMessage {
  readonly id: string;
  readonly createdAt: Date;
  readonly message: string;
}

/** How long the scheduler waits after failures in a row. */
export interface Throttle {
  failures: number;
  notBefore: Date | undefined;
}

export interface ServiceRecord {
  readonly sequence: number;
  readonly name: string;
  readonly arn: string;
  readonly cluster: ClusterRecord;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  readonly schedulingStrategy: SchedulingStrategy;
  controller: DeploymentControllerType;
  deploymentConfiguration: DeploymentConfiguration;
  placementConstraints: readonly PlacementConstraint[];
  placementStrategy: readonly PlacementStrategy[];
  healthCheckGracePeriodSeconds: number | undefined;
  enableExecuteCommand: boolean;
  enableECSManagedTags: boolean;
  propagateTags: PropagateTags;
  tags: Tags;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Tells a repeated creation from a different one. */
  readonly fingerprint: string;
  /** Newest first; the first is PRIMARY. */
  deployments: DeploymentRecord[];
  /** What the last completed deployment rolled out: where a rollback leads. */
  lastCompleted: Revision | undefined;
  /** The deployment that has the production traffic. */
  serving: DeploymentRecord | undefined;
  revisions: readonly ServiceRevisionRecord[];
  /** Newest first. */
  serviceDeployments: readonly ServiceDeploymentRecord[];
  /** Of services whose deployments are not ECS's own, oldest first. */
  taskSets: readonly TaskSetRecord[];
  /** Newest first. */
  events: ServiceMessage[];
  /** Tasks that are not STOPPED yet. */
  readonly tasks: Set<TaskRecord>;
  readonly starts: Throttle;
  readonly placements: Throttle;
  steady: boolean;
  /** What could not be put back at the last look, in the words of its events. */
  complaints: ReadonlySet<string>;
  /** A pass of the scheduler waits for its turn. */
  pass: { readonly due: number; readonly cancel: Cancel } | undefined;
}

export type TaskStatus =
  'PROVISIONING' | 'PENDING' | 'ACTIVATING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'DEPROVISIONING' | 'STOPPED';

export interface PortBinding {
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol: 'tcp' | 'udp';
  readonly bindIP: string;
}

export interface ContainerRecord {
  readonly name: string;
  readonly image: string;
  readonly arn: string;
  readonly runtimeId: string;
  readonly imageDigest: string;
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly memoryReservation: number | undefined;
  readonly bindings: readonly PortBinding[];
  /** It has a health check, which always passes: nothing really runs. */
  readonly checked: boolean;
}

/** A task's own network interface, as EC2 gave it. */
export interface TaskInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly macAddress: string;
  readonly privateDnsName: string | undefined;
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
}

export interface TaskTimes {
  readonly createdAt: Date;
  connectivityAt?: Date;
  pullStartedAt?: Date;
  pullStoppedAt?: Date;
  startedAt?: Date;
  stoppingAt?: Date;
  executionStoppedAt?: Date;
  stoppedAt?: Date;
  updatedAt: Date;
}

export interface TargetRegistration {
  readonly kind: 'target';
  readonly targetGroupArn: string;
  readonly id: string;
  readonly port: number;
}

export interface DiscoveryRegistration {
  readonly kind: 'discovery';
  readonly serviceArn: string;
  readonly instanceId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LatticeRegistration {
  readonly kind: 'lattice';
  readonly targetGroupArn: string;
  readonly id: string;
  readonly port: number;
}

/** Behind a Classic Load Balancer, which knows the host and not the task. */
export interface ClassicRegistration {
  readonly kind: 'classic';
  readonly loadBalancerName: string;
  readonly instanceId: string;
}

export type Registration = TargetRegistration | DiscoveryRegistration | LatticeRegistration | ClassicRegistration;

export interface TaskRecord {
  readonly sequence: number;
  readonly id: string;
  readonly arn: string;
  readonly cluster: ClusterRecord;
  readonly definition: DefinitionRecord;
  readonly capacity: Capacity;
  readonly capacityProviderName: string | undefined;
  /** Of a service's task. */
  readonly service: ServiceRecord | undefined;
  readonly deployment: DeploymentRecord | undefined;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly overrides: TaskOverride;
  readonly enableExecuteCommand: boolean;
  tags: Tags;
  /** The host, unless Fargate runs it or its capacity provider still looks for one. */
  instance: InstanceRecord | undefined;
  network: { readonly subnetId: string; readonly settings: NetworkSettings } | undefined;
  availabilityZone: string | undefined;
  readonly attachmentIds: { readonly eni: string; readonly elb: string; readonly sdi: string };
  networkInterface: TaskInterface | undefined;
  containers: readonly ContainerRecord[];
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  version: number;
  readonly times: TaskTimes;
  stop: { readonly code: TaskStopCode; readonly reason: string } | undefined;
  /** Of a container whose image could not be had. */
  pullFailure: { readonly name: string; readonly reason: string } | undefined;
  /** Why it cannot get beyond ACTIVATING. */
  startFailure: string | undefined;
  /** What ECS registered for it and will deregister. */
  registrations: readonly Registration[];
  /** What ECS deregistered; targets may still drain. */
  deregistrations: readonly Registration[];
  cancelStep: Cancel | undefined;
  /** Neither scaling in nor a deployment stops it before. */
  protectedUntil: Date | undefined;
}

export interface InstanceRecord {
  readonly sequence: number;
  readonly id: string;
  readonly arn: string;
  readonly cluster: ClusterRecord;
  readonly ec2InstanceId: string;
  readonly availabilityZone: string;
  readonly capacityProviderName: string | undefined;
  /** ECS launched it and will end it. */
  readonly managed: boolean;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  agentConnected: boolean;
  versionInfo: VersionInfo;
  agentUpdateStatus: AgentUpdateStatus | undefined;
  version: number;
  readonly registeredAt: Date;
  /** By name. */
  readonly attributes: Map<string, Attribute>;
  registered: HostResources;
  remaining: HostResources;
  /** Where the search for a dynamic host port goes on. */
  nextPort: number;
  tags: Tags;
  /** Tasks on it that are not STOPPED yet. */
  readonly tasks: Set<TaskRecord>;
}

export interface HostResources {
  readonly cpu: number;
  readonly memory: number;
  /** Ports taken, as AWS lists them. */
  readonly tcp: ReadonlySet<number>;
  readonly udp: ReadonlySet<number>;
}
