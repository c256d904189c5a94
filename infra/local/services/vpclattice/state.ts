/** What VPC Lattice keeps here: target groups with their targets. */
import type {
  HealthCheckConfig,
  IpAddressType,
  TargetGroupProtocol,
  TargetGroupType,
} from '@aws-sdk/client-vpc-lattice';
import { arn, defineStore, type Scope } from '../../kernel/scope';
import { notFound } from './lattice-error';

export interface LatticeTarget {
  readonly id: string;
  /** Absent for functions alone. */
  readonly port: number | undefined;
  /** Deregistered, but still finishing what it had begun. */
  draining: boolean;
}

export interface LatticeTargetGroup {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: TargetGroupType;
  /** All absent for functions. */
  readonly port: number | undefined;
  readonly protocol: TargetGroupProtocol | undefined;
  readonly protocolVersion: 'HTTP1' | 'HTTP2' | 'GRPC' | undefined;
  readonly vpcId: string | undefined;
  /** Of type IP alone. */
  readonly ipAddressType: IpAddressType | undefined;
  readonly createdAt: Date;
  readonly serial: number;
  readonly tags: Map<string, string>;
  /** By `id:port`. */
  readonly targets: Map<string, LatticeTarget>;
  healthCheck: HealthCheckConfig | undefined;
  updatedAt: Date;
}

interface Lattice {
  readonly targetGroups: Map<string, LatticeTargetGroup>;
  serial: number;
}

export const lattice = defineStore<Lattice>(() => ({ targetGroups: new Map(), serial: 0 }));

export const targetGroupArn = (scope: Scope, id: string): string => arn(scope, 'vpc-lattice', `targetgroup/${id}`);

/** By id or ARN. @throws ApiError ResourceNotFoundException */
export function requireTargetGroup(scope: Scope, identifier = ''): LatticeTargetGroup {
  const found = lattice(scope).targetGroups.get(identifier.slice(identifier.lastIndexOf('/') + 1));
  if (found) return found;
  throw notFound(identifier);
}
