/** Who else stands behind registrations, in our own terms. */

/** Who else uses a target group or a Cloud Map service, over the whole account and region. */
export interface Registrars {
  /** Services whose `loadBalancers[].targetGroupArn` names the group, by group ARN. */
  readonly primary: ReadonlyMap<string, readonly string[]>;
  /** Services that use it as alternate (blue/green) or task-set group, by group ARN. */
  readonly secondary: ReadonlyMap<string, readonly string[]>;
  /** Auto Scaling groups attached to it, by group ARN. */
  readonly autoScalingGroups: ReadonlyMap<string, readonly string[]>;
}

/** An ENI that holds the address of a candidate for removal. */
export interface AddressHolder {
  readonly networkInterfaceId: string;
  readonly vpcId: string;
  readonly address: string;
}
