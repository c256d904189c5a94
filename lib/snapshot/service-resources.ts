/** What services name and what becomes of them, in our own terms. */

export interface ServiceLoadBalancer {
  readonly targetGroupArn?: string;
  /** Classic Load Balancer */
  readonly loadBalancerName?: string;
  readonly containerName?: string;
  readonly containerPort?: number;
  /** Second group of a blue/green deployment. */
  readonly alternateTargetGroupArn?: string;
}

export interface ServiceRegistry {
  /** ARN of the Cloud Map service. */
  readonly registryArn: string;
  readonly containerName?: string;
  readonly containerPort?: number;
  readonly port?: number;
}

/** A deployment, or a task set of a service that ECS does not deploy itself (CODE_DEPLOY and EXTERNAL controllers). */
export interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly rolloutState?: 'COMPLETED' | 'FAILED' | 'IN_PROGRESS';
  readonly taskDefinitionArn?: string;
  readonly createdAt?: Date;
  /** Of a task set, which has its own; absent: its tasks are registered with the service's. */
  readonly targetGroupArns?: readonly string[];
}
