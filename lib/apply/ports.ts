/** The writes of the controller, and the reads that check them, in our own terms; `aws/` implements them. */
import type { NetworkInterface } from '@aws-sdk/client-ec2';
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

/** A service of ECS. */
export interface NamedService {
  readonly clusterArn: string;
  readonly serviceName: string;
}

/** What tells whether a write took effect. */
export interface ReadBackPorts {
  /** `absent`: not registered under this id and port, or in a group that is gone. */
  describeTarget(target: RegisteredTarget): Promise<TargetState | 'absent'>;
  /** False also when its service is gone. */
  hasCloudMapInstance(instance: RegisteredInstance): Promise<boolean>;
}

/** The same for changes. */
export interface ReadBackChangePorts {
  /** `undefined`: it is gone. */
  describeInterface(networkInterfaceId: string): Promise<NetworkInterface | undefined>;
  /** Whether the service starts its tasks with ECS Exec; false also when it is gone. */
  hasExec(service: NamedService): Promise<boolean>;
}

export interface WritePorts extends ReadBackPorts, ReadBackChangePorts {
  deregisterTarget(target: RegisteredTarget): Promise<void>;
  /** The operation to wait for; `absent`: there is nothing to deregister. */
  deregisterCloudMapInstance(instance: RegisteredInstance): Promise<{ readonly operationId: string } | 'absent'>;
  describeOperation(operationId: string): Promise<OperationState>;
  /** One attribute of the interface, which nothing switches off again. */
  enablePrimaryIpv6(networkInterfaceId: string): Promise<void>;
  /** One setting of the service, which starts no deployment. */
  disableExec(service: NamedService): Promise<void>;
  /** Writes tags to one resource, named by ARN; other keys stay. */
  tag(resource: { readonly kind: ResourceKind; readonly arn: string }, tags: Tags): Promise<void>;
  /** Removes keys, which must not be empty: EC2 reads an empty list as "all tags". */
  untag(resource: { readonly kind: ResourceKind; readonly arn: string }, keys: readonly string[]): Promise<void>;
}

/** What `undo` writes, with the credentials of the person who asks for it: no function has these. */
export interface RestorePorts extends ReadBackPorts, Pick<WritePorts, 'describeOperation'> {
  /** @param target without a zone, AWS finds it by the address */
  registerTarget(target: RegisteredTarget & { readonly availabilityZone?: string }): Promise<void>;
  registerCloudMapInstance(
    instance: RegisteredInstance & { readonly attributes: Tags },
  ): Promise<{ readonly operationId: string }>;
}
