/** What container instances are made from, in our own terms. */

export interface InstanceAddress {
  readonly address: string;
  readonly isPrimary: boolean;
}

export interface InstanceInterface {
  readonly id: string;
  /** 0 is the primary interface. */
  readonly deviceIndex?: number;
  readonly subnetId?: string;
  /** `interface`; another word for those with a purpose of their own (`efa`, `trunk`, ...). */
  readonly type?: string;
  /** The AWS service that operates it for the account; absent: the account does. */
  readonly operator?: string;
  readonly ipv4Addresses: readonly string[];
  readonly ipv6Addresses: readonly InstanceAddress[];
  readonly ipv6Prefixes: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** The same as EC2 shows it by itself, which says more. */
export interface AttachedInterface extends InstanceInterface {
  /** Absent: attached to nothing, or to something that is not the account's. */
  readonly instanceId?: string;
  /** An AWS service made it and alone may change it. */
  readonly requesterManaged: boolean;
}

/** A machine image that a judged instance runs. */
export interface Image {
  /** ami-... */
  readonly id: string;
  /** Absent where AWS does not say. */
  readonly name?: string;
  /** `amazon` for Amazon's own: nobody else can have the alias. */
  readonly ownerAlias?: string;
}

export interface InstanceType {
  /** e.g. `m7g.large` */
  readonly name: string;
  /** Absent of bare metal, which has none. */
  readonly hypervisor?: string;
  readonly bareMetal: boolean;
  /** Absent where EC2 does not say. */
  readonly ipv6Supported?: boolean;
  readonly architectures: readonly string[];
  readonly vcpus?: number;
}

/** `unset`: nothing is said of it; `unreadable`: something may be said where it cannot be seen. */
export type IpCompatibility = 'ipv4' | 'ipv6' | 'unset' | 'unreadable';

/** All that is kept of the user data of an instance. */
export interface HostSettings {
  readonly instanceId: string;
  readonly ipCompatibility: IpCompatibility;
}

/** One of the templates that an Auto Scaling group launches from. */
export interface TemplateReference {
  /** lt-... */
  readonly templateId: string;
  /** `$Default`, `$Latest` or a number. */
  readonly version: string;
}

/** Where a cluster gets capacity from, Fargate aside. */
export interface CapacityProvider {
  readonly name: string;
  /** Absent: it is none of an Auto Scaling group. */
  readonly autoScalingGroup?: string;
}

/** A group that launched a judged instance, or that stands behind a capacity provider of a judged cluster. */
export interface AutoScalingGroup {
  readonly name: string;
  readonly arn: string;
  /** More than one where a mixed instances policy overrides the template. */
  readonly templates: readonly TemplateReference[];
  /** It has a mixed instances policy. */
  readonly isMixed: boolean;
  /** Name; a group has this or templates. */
  readonly launchConfiguration?: string;
  /** In which it launches; empty where the template says it. */
  readonly subnetIds: readonly string[];
}

export interface TemplateVersion {
  readonly number: number;
  /** It describes the interface at device index 0; without it the flag cannot be set. */
  readonly hasPrimaryInterface: boolean;
  /** The first global IPv6 address of that interface becomes its primary one. */
  readonly primaryIpv6: boolean;
}

/**
 * What Auto Scaling groups launch from. A launch configuration stands here as one of the group that uses it: it cannot
 * be changed, the group can.
 */
export interface LaunchTemplate {
  /** lt-..., or the ARN of the group with the launch configuration. */
  readonly id: string;
  readonly arn: string;
  /** Of the template or of the launch configuration. */
  readonly name: string;
  readonly isConfiguration: boolean;
  /** What the versions that groups ask for (`$Latest`, `$Default`, a number) are at present; without those that are gone. */
  readonly versions: ReadonlyMap<string, TemplateVersion>;
}
