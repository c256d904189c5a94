/** The writes of the controller, and the reads that check them, in our own terms; `aws/` implements them. */
import type { TargetState, Tags } from '../snapshot/snapshot';
import type { ResourceKind } from '../trigger/request';

export interface RegisteredTarget {
  readonly targetGroupArn: string;
  readonly targetId: string;
  readonly port: number;
}

export interface RegisteredInstance {
  /** srv-... */
  readonly serviceId: string;
  readonly instanceId: string;
}

/** State of an asynchronous Cloud Map operation. */
export type OperationState = 'running' | 'succeeded' | { readonly failed: string };

export interface WritePorts {
  deregisterTarget(target: RegisteredTarget): Promise<void>;
  /** `absent`: not registered under this id and port. */
  describeTarget(target: RegisteredTarget): Promise<TargetState | 'absent'>;
  /** The operation to wait for; `absent`: there is nothing to deregister. */
  deregisterCloudMapInstance(instance: RegisteredInstance): Promise<{ readonly operationId: string } | 'absent'>;
  describeOperation(operationId: string): Promise<OperationState>;
  hasCloudMapInstance(instance: RegisteredInstance): Promise<boolean>;
  /** Writes tags to one resource, named by ARN; other keys stay. */
  tag(resource: { readonly kind: ResourceKind; readonly arn: string }, tags: Tags): Promise<void>;
  /** Removes keys, which must not be empty: EC2 reads an empty list as "all tags". */
  untag(resource: { readonly kind: ResourceKind; readonly arn: string }, keys: readonly string[]): Promise<void>;
}
