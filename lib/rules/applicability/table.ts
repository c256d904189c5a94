/**
 * Which rule applies where: one table, the truth for the code, its tests and the docs. A rule runs on a resource if the
 * posture fits and, for what tasks are made of, the network mode, the operating system and the launch type do; where a
 * row says nothing of them, all do.
 *
 * What AWS supports on which infrastructure: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
 * and https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
import { ipv6OnlyLaunchTypes, windowsOverIpv6Only } from '../../facts/ecs-support';
import type { Fact } from '../../facts/fact';
import type { ActualPosture } from '../../policy/policy';
import type { LaunchType, NetworkMode } from '../../snapshot/snapshot';

export type OperatingSystem = 'linux' | 'windows';
/** `absent`: ECS names no launch type, and nothing else tells it. */
export type StatedLaunchType = LaunchType | 'absent';

export interface Applicability {
  /** The wanted posture, or the actual one where `any` is wanted. */
  readonly postures: readonly ActualPosture[];
  readonly networkModes?: readonly NetworkMode[];
  readonly systems?: readonly OperatingSystem[];
  readonly launchTypes?: readonly StatedLaunchType[];
  /** The operating systems are those for which ECS supports IPv6-only: all of them once this holds. */
  readonly systemsBy?: Fact<boolean>;
  /** The launch types are these, and `absent`. */
  readonly launchTypesBy?: Fact<readonly LaunchType[]>;
}

const ipv6Only: Applicability = { postures: ['ipv6-only'] };
const withIpv6: Applicability = { postures: ['ipv6-only', 'dual-stack'] };
const dualStack: Applicability = { postures: ['dual-stack'] };

/** Hosts that the account runs itself: not ECS Managed Instances, which are AWS's to configure, nor ECS Anywhere's. */
const ownHosts = { launchTypes: ['EC2'] } as const;
/** What the rule looks at is different on Windows. */
const linux = { systems: ['linux'] } as const;
/** The rule holds for Windows as well as soon as ECS supports it. */
const supported = { ...linux, systemsBy: windowsOverIpv6Only } as const;
const windows = { systems: ['windows'] } as const;
const ownInterface = { networkModes: ['awsvpc'] } as const;
/** All but `none`, which has no network at all. */
const networked = { networkModes: ['awsvpc', 'bridge', 'host', 'default'] } as const;
const sharedNetwork = { networkModes: ['bridge', 'host', 'none', 'default'] } as const;
/** AWS says nothing of IPv6-only tasks on ECS Anywhere; their network is not AWS's. */
const notAnywhere = {
  launchTypes: [...ipv6OnlyLaunchTypes.value, 'absent'],
  launchTypesBy: ipv6OnlyLaunchTypes,
} as const;

/** By rule id. Ids are permanent, so that a row may stand here before its rule is written. */
export const applicability: Readonly<Record<string, Applicability>> = {
  'account-dual-stack-setting-off': dualStack,
  'cloudmap-instance-orphaned': withIpv6,
  'cloudmap-instance-with-ipv4': ipv6Only,
  'cloudmap-instance-without-ipv6': withIpv6,
  'container-insights-off': withIpv6,
  'ecr-endpoint-not-dual-stack': ipv6Only,
  'efs-mount-target-ipv4-only': ipv6Only,
  'flow-logs-off': withIpv6,
  'image-not-dual-stack': { ...ipv6Only, ...supported },
  'instance-agent-too-old': { ...ipv6Only, ...supported, ...ownHosts },
  'instance-ami-not-ecs-optimized': { ...ipv6Only, ...linux, ...ownHosts },
  'instance-ip-compatibility-mismatch': { ...ipv6Only, ...linux, ...ownHosts },
  'instance-launch-template-without-primary-ipv6': withIpv6,
  'instance-os-unsupported': { ...ipv6Only, ...windows, ...ownHosts },
  'instance-type-without-ipv6': { ...withIpv6, ...ownHosts },
  'instance-without-primary-ipv6': { ...withIpv6, ...supported, ...ownHosts },
  'log-endpoint-ipv4-only': { ...ipv6Only, ...supported, ...networked, ...notAnywhere },
  'network-acl-blocks-ipv6': withIpv6,
  'network-mode-not-awsvpc': { ...withIpv6, ...linux, ...sharedNetwork, ...notAnywhere },
  'region-unsupported': ipv6Only,
  'security-group-blocks-ipv6': withIpv6,
  'service-classic-load-balancer': withIpv6,
  'service-connect-loopback': { ...ipv6Only, ...linux, ...ownInterface, ...notAnywhere },
  'service-exec-enabled': { ...ipv6Only, ...supported },
  'service-lattice-target-group-not-ipv6': ipv6Only,
  'service-load-balancer-not-dual-stack': withIpv6,
  'service-registry-record-type': { ...withIpv6, ...networked, ...notAnywhere },
  'service-subnet-not-ipv6-only': { ...ipv6Only, ...ownInterface, ...notAnywhere },
  'service-target-group-not-ipv6': ipv6Only,
  'service-target-type-mismatch': { ...withIpv6, ...networked, ...notAnywhere },
  'subnet-nat64-incomplete': withIpv6,
  'subnet-not-auto-assigning-ipv6': withIpv6,
  'subnet-open-ipv6-route': withIpv6,
  'subnet-without-ipv6-route': withIpv6,
  'target-blocks-registration': withIpv6,
  'target-family-mismatch': ipv6Only,
  'target-orphaned': withIpv6,
  'task-exec-enabled': { ...ipv6Only, ...supported },
  'task-os-unsupported': { ...ipv6Only, ...windows },
  'task-platform-too-old': { ...withIpv6, ...linux, launchTypes: ['FARGATE'] },
  'task-stuck-registering': { ...withIpv6, ...supported, ...networked },
  'task-with-ipv4': { ...ipv6Only, ...supported, ...ownInterface },
  'task-without-ipv6': { ...withIpv6, ...supported, ...ownInterface },
  'vpc-without-ipv6': withIpv6,
};
