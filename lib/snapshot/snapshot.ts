/**
 * One consistent read of an account in a region, in our own terms: what the rules judge and what they need beside it.
 * Only `snapshot/` knows the shapes of the AWS SDK. Reading order is part of the contract: registered targets and
 * Cloud Map instances are read *before* tasks, so that a target without a task can not be one that a task got later.
 */
import type { ResourceKind } from '../trigger/request';
import type { LatticeTargetGroup, LoadBalancer, TargetGroupSettings } from './balancing-resources';
import type { Account } from './account-resources';
import type { Gap } from './gap';
import type {
  AutoScalingGroup,
  CapacityProvider,
  HostSettings,
  Image,
  InstanceInterface,
  InstanceType,
  LaunchTemplate,
} from './host-resources';
import type { AddressHolder, Registrars } from './registration-resources';
import type { Deployment, ServiceLoadBalancer, ServiceRegistry } from './service-resources';
import type { NetworkCollections, NetworkResources } from './network-resources';
import type { FileSystem } from './storage-resources';
import type { ContainerLogging, RegistrationFailure } from './task-resources';

export type Tags = Readonly<Record<string, string>>;
export type NetworkMode = 'awsvpc' | 'bridge' | 'host' | 'none' | 'default';
export type LaunchType = 'EC2' | 'FARGATE' | 'EXTERNAL' | 'MANAGED_INSTANCES';

export interface Cluster {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  /** Value of the cluster setting `containerInsights`; absent: ECS does not say. */
  readonly containerInsights?: string;
  /** By name, Fargate's own among them. */
  readonly capacityProviders: readonly string[];
  readonly tags: Tags;
}

export interface Service {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly status: string;
  /** Absent when the service uses a capacity provider strategy. */
  readonly launchType?: LaunchType;
  readonly capacityProviders: readonly string[];
  readonly deploymentController: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly taskDefinitionArn?: string;
  /** Subnet ids of the awsvpc configuration; empty for bridge and host. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly loadBalancers: readonly ServiceLoadBalancer[];
  readonly registries: readonly ServiceRegistry[];
  readonly deployments: readonly Deployment[];
  /** Target groups of VPC Lattice that its tasks are registered with. */
  readonly latticeTargetGroupArns: readonly string[];
  /** Its tasks run beside a proxy of Service Connect. */
  readonly serviceConnect: boolean;
  readonly registrationFailure?: RegistrationFailure;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly execEnabled: boolean;
  /** SERVICE: tags written to the service are copied to every new task. */
  readonly propagateTags: 'SERVICE' | 'TASK_DEFINITION' | 'NONE';
  readonly tags: Tags;
}

export interface PortBinding {
  readonly containerName?: string;
  readonly bindIp?: string;
  readonly containerPort?: number;
  readonly hostPort?: number;
  readonly protocol?: string;
}

export interface Task {
  readonly arn: string;
  /** Last part of the ARN; ECS uses it as the Cloud Map instance id. */
  readonly id: string;
  readonly clusterArn: string;
  /** Set when ECS runs the task for a service. */
  readonly serviceName?: string;
  readonly startedBy?: string;
  /** May be absent in old answers. */
  readonly launchType?: LaunchType;
  readonly taskDefinitionArn: string;
  readonly containerInstanceArn?: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly availabilityZone?: string;
  /** ENI of an awsvpc task. */
  readonly networkInterfaceId?: string;
  readonly subnetId?: string;
  /** Of the task's own ENI, from the containers' network interfaces; empty for bridge and host. */
  readonly ipv4Addresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
  /** Host ports of bridge and host tasks. ECS reports them from RUNNING on: `undefined` means not known yet. */
  readonly bindings?: readonly PortBinding[];
  readonly execEnabled: boolean;
  /** Fargate's, as a number: `LATEST` is what a task was asked for, never what it has. */
  readonly platformVersion?: string;
  /** Of Fargate tasks only; of others it is their task definition's and their host's. */
  readonly operatingSystem?: 'linux' | 'windows';
  readonly createdAt?: Date;
  /** From then on it waits for nothing but its containers and its registration. */
  readonly pullStoppedAt?: Date;
  readonly tags: Tags;
}

/** Without a host port: the agent chooses one. */
export interface PortMapping {
  readonly containerPort: number;
  readonly hostPort?: number;
}

export interface ContainerDefinition {
  readonly name: string;
  /** Injected sidecars can have none. */
  readonly image?: string;
  /** Absent: the default of its host or of Fargate. */
  readonly logging?: ContainerLogging;
  /** Absent: none. Ranges of ports are left out. */
  readonly ports?: readonly PortMapping[];
}

export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** `default`: no mode stated; bridge on Linux. */
  readonly networkMode: NetworkMode;
  readonly operatingSystem: 'linux' | 'windows';
  /** Absent: none stated; x86_64 on Fargate. */
  readonly architecture?: 'x86_64' | 'arm64';
  /** Launch types that it was checked against; often none is stated. */
  readonly requiresCompatibilities: readonly LaunchType[];
  readonly containers: readonly ContainerDefinition[];
  /** EFS file systems of its volumes: fs-... */
  readonly fileSystemIds: readonly string[];
  readonly tags: Tags;
}

export interface ContainerInstance {
  readonly arn: string;
  readonly clusterArn: string;
  /** Absent on ECS Anywhere hosts. */
  readonly ec2InstanceId?: string;
  readonly status: string;
  readonly agentConnected: boolean;
  /** Absent while the instance is registering. */
  readonly agentVersion?: string;
  readonly operatingSystem: 'linux' | 'windows';
  /** Attribute name to value; attributes without a value map to an empty string. */
  readonly attributes: Tags;
  readonly tags: Tags;
}

export interface Instance {
  /** i-... */
  readonly id: string;
  readonly arn: string;
  readonly state: string;
  readonly instanceType?: string;
  readonly imageId?: string;
  readonly operatingSystem: 'linux' | 'windows';
  /** The AWS service that operates it for the account, as in ECS Managed Instances; absent: the account does. */
  readonly operator?: string;
  readonly vpcId?: string;
  readonly subnetId?: string;
  readonly availabilityZone?: string;
  readonly interfaces: readonly InstanceInterface[];
  readonly tags: Tags;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly availabilityZone?: string;
  readonly ipv6Native: boolean;
  readonly ipv4Cidr?: string;
  /** Associated IPv6 CIDRs only. */
  readonly ipv6Cidrs: readonly string[];
  readonly assignsIpv6: boolean;
  /** The VPC's resolver makes addresses for names that have IPv4 ones only. */
  readonly dns64: boolean;
  readonly tags: Tags;
}

export interface Vpc {
  readonly id: string;
  /** Account that has it; others may share its subnets. */
  readonly ownerId?: string;
  readonly ipv4Cidrs: readonly string[];
  readonly ipv6Cidrs: readonly string[];
  readonly tags: Tags;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly targetType: 'instance' | 'ip' | 'lambda' | 'alb';
  /** AWS may leave the type out; it then means ipv4. */
  readonly ipAddressType: 'ipv4' | 'ipv6';
  readonly protocol?: string;
  readonly port?: number;
  readonly vpcId?: string;
  readonly loadBalancerArns: readonly string[];
  /** Absent: health checks go where the traffic goes. */
  readonly healthCheckPort?: number;
  /** `undefined`: not read (only needed where tags may be written or scopes match by tag). */
  readonly tags?: Tags;
}

export type TargetState =
  'initial' | 'healthy' | 'unhealthy' | 'unhealthy.draining' | 'unused' | 'draining' | 'unavailable';

export interface Target {
  /** `<target-group-arn>#<target-id>:<port>` */
  readonly key: string;
  readonly targetGroupArn: string;
  /** Instance id, IP address, ... */
  readonly targetId: string;
  readonly port?: number;
  /** Of addresses only: an instance is in the zone in which it runs. */
  readonly availabilityZone?: string;
  readonly state: TargetState;
  readonly reason?: string;
}

export interface CloudMapService {
  readonly arn: string;
  /** srv-... */
  readonly id: string;
  readonly name: string;
  readonly recordTypes: readonly string[];
  /** `undefined`: not read. */
  readonly tags?: Tags;
}

export interface CloudMapInstance {
  /** `<service-arn>#<instance-id>` */
  readonly key: string;
  readonly serviceArn: string;
  readonly instanceId: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly port?: number;
  /** `ECS_CLUSTER_NAME` and `ECS_SERVICE_NAME`: present on what ECS registered. */
  readonly ecsClusterName?: string;
  readonly ecsServiceName?: string;
  readonly attributes: Tags;
}

export interface Collections extends NetworkCollections {
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly services: ReadonlyMap<string, Service>;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly taskDefinitions: ReadonlyMap<string, TaskDefinition>;
  readonly containerInstances: ReadonlyMap<string, ContainerInstance>;
  /** by instance id */
  readonly instances: ReadonlyMap<string, Instance>;
  /** by subnet id */
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** by VPC id */
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
  /** by ARN; those that forward to groups of judged services */
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
  /** by ARN; of IPv6 groups of judged services behind Network Load Balancers, with surroundings only */
  readonly targetGroupSettings: ReadonlyMap<string, TargetGroupSettings>;
  /** by ARN; those of judged services, read by sweeps and people only */
  readonly latticeTargetGroups: ReadonlyMap<string, LatticeTargetGroup>;
  /** by `Target.key` */
  readonly targets: ReadonlyMap<string, Target>;
  readonly cloudMapServices: ReadonlyMap<string, CloudMapService>;
  /** by `CloudMapInstance.key` */
  readonly cloudMapInstances: ReadonlyMap<string, CloudMapInstance>;
  /** by id; those of judged instances */
  readonly images: ReadonlyMap<string, Image>;
  /** by name; those of judged instances */
  readonly instanceTypes: ReadonlyMap<string, InstanceType>;
  /** by instance id; of hosts of which nothing else tells it, with surroundings only */
  readonly hostSettings: ReadonlyMap<string, HostSettings>;
  /** by name; those of judged clusters that are not Fargate's, with surroundings only */
  readonly capacityProviders: ReadonlyMap<string, CapacityProvider>;
  /** by name; those that launched judged instances or stand behind those providers, with surroundings only */
  readonly autoScalingGroups: ReadonlyMap<string, AutoScalingGroup>;
  /** by `LaunchTemplate.id`; what those groups launch from */
  readonly launchTemplates: ReadonlyMap<string, LaunchTemplate>;
  /** by id; those of volumes of judged revisions, with surroundings only */
  readonly fileSystems: ReadonlyMap<string, FileSystem>;
  /** by id: this one, with surroundings only */
  readonly accounts: ReadonlyMap<string, Account>;
  /** by address in canonical form; read for candidates for removal only */
  readonly addressHolders: ReadonlyMap<string, AddressHolder>;
}

/**
 * `registrars` and `stoppingTasks` are read for candidates for removal only; what `prefixLists` hold stands where they are
 * named. All can have gaps like any other part.
 */
export type Collection = keyof Collections | 'registrars' | 'stoppingTasks' | 'prefixLists';

/** Resources of these kinds have an entry in a collection. */
export interface Resources extends NetworkResources {
  readonly cluster: Cluster;
  readonly service: Service;
  readonly task: Task;
  readonly 'task-definition': TaskDefinition;
  readonly 'container-instance': ContainerInstance;
  readonly instance: Instance;
  readonly subnet: Subnet;
  readonly vpc: Vpc;
  readonly 'target-group': TargetGroup;
  readonly target: Target;
  readonly 'cloudmap-service': CloudMapService;
  readonly 'cloudmap-instance': CloudMapInstance;
  readonly 'launch-template': LaunchTemplate;
  readonly 'file-system': FileSystem;
  readonly account: Account;
}
export type CollectedKind = keyof Resources & ResourceKind;

export interface Snapshot extends Collections {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly takenAt: Date;
  /**
   * Collection keys, by kind, of what this snapshot was made to judge: rules run over these, and a finding that is
   * known from earlier and not found again on a judged resource is resolved. Everything else is context.
   */
  readonly judged: ReadonlyMap<CollectedKind, ReadonlySet<string>>;
  /**
   * Containers whose contents were listed completely and without a gap: a cluster's ARN (its services, tasks and
   * container instances), a target group's ARN (its targets), a Cloud Map service's ARN (its instances), an ECS
   * service's ARN (what its tasks are registered as, where nobody asked for the service itself), the account id
   * (everything). What was found earlier on something inside that is not there any more is over.
   */
  readonly covered: ReadonlySet<string>;
  /**
   * Resources that were asked for and are gone (a stopped task, a terminated instance, a deleted service): ARN or id.
   * What was found on them earlier is over.
   */
  readonly gone: ReadonlySet<string>;
  /** Instances that EC2 says are running and ECS does not know (yet). */
  readonly unregisteredInstances: ReadonlySet<string>;
  /** What the judged things stand on was read as well, and is judged. */
  readonly hasSurroundings: boolean;
  readonly registrars: Registrars;
  readonly gaps: readonly Gap[];
}
