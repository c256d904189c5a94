/**
 * What the controller is asked to look at: identity only. The contents of an event stop at `trigger/`; everything
 * else is read afresh, so that a lost, repeated or late event changes nothing but the delay.
 */
export const resourceKinds = [
  'task',
  'service',
  'task-definition',
  'container-instance',
  'instance',
  'launch-template',
  'cluster',
  'target-group',
  'target',
  'load-balancer',
  'cloudmap-service',
  'cloudmap-instance',
  'vpc',
  'subnet',
  'route-table',
  'security-group',
  'network-acl',
  'vpc-endpoint',
  'file-system',
  'account',
] as const;

export type ResourceKind = (typeof resourceKinds)[number];

/** An interface is not judged: whoever asks for one asks for the instance that it is attached to. */
export const requestKinds = [...resourceKinds, 'network-interface'] as const;

export type RequestKind = (typeof requestKinds)[number];

export interface Request {
  readonly kind: RequestKind;
  /** 12 digits */
  readonly account: string;
  readonly region: string;
  /** Cluster name or ARN, for kinds that live in a cluster. */
  readonly cluster?: string;
  /** ARN where the resource has one (`arn:aws:ecs:...:task/prod/0a1b`), else its id (`i-0abc`). */
  readonly id: string;
  /**
   * How often this request was put back because ECS did not know the instance yet: absent or 0 for a fresh one. Part
   * of a request's delivery, not of its identity.
   */
  readonly hops?: number;
}
