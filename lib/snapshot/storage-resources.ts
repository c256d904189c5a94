/** What tasks keep their files in. */

/** Where an EFS file system is reached in one zone. */
export interface MountTarget {
  readonly id: string;
  readonly subnetId: string;
  readonly vpcId?: string;
  readonly availabilityZone?: string;
  /** `creating`, `available`, `deleting`, ... */
  readonly state: string;
  readonly ipv4Address?: string;
  readonly ipv6Address?: string;
}

export interface FileSystem {
  /** fs-... */
  readonly id: string;
  /** `undefined`: not read. */
  readonly mountTargets?: readonly MountTarget[];
}
