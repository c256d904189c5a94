import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { idFormat, notFound } from './ec2-error';
import type { Image } from './image';
import type { InstanceType } from './instance-type';
import type { Zone } from './zone';

/** With the codes that AWS gives them: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
export const STATE_CODES = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
} as const;

export type InstanceStateName = keyof typeof STATE_CODES;

export interface MetadataOptions {
  readonly httpTokens: 'optional' | 'required';
  readonly httpPutResponseHopLimit: number;
  readonly httpEndpoint: 'enabled' | 'disabled';
  readonly httpProtocolIpv6: 'enabled' | 'disabled';
  readonly instanceMetadataTags: 'enabled' | 'disabled';
}

export interface Instance {
  readonly id: string;
  readonly reservationId: string;
  /** Place within its reservation. */
  readonly launchIndex: number;
  readonly image: Image;
  readonly type: InstanceType;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly zone: Zone;
  readonly clientToken: string;
  /** Base64 as it was sent; the ECS agent's configuration is in it. */
  readonly userData: string | undefined;
  readonly instanceProfile: { readonly arn: string; readonly id: string } | undefined;
  metadataOptions: MetadataOptions;
  readonly monitoring: boolean;
  /** The AWS service that manages it. */
  readonly operator: string | undefined;
  readonly rootVolumeId: string;
  readonly privateDnsName: string;
  readonly hostnameType: 'ip-name' | 'resource-name';
  readonly resourceNameA: boolean;
  readonly resourceNameAaaa: boolean;
  /** Its primary interface gets a public IPv4 address at each start. */
  readonly publicIpv4OnStart: boolean;
  /** Of the last start. */
  launchTime: Date;
  state: InstanceStateName;
  stateSince: Date;
  /** Why it stopped or ended. */
  stateReason: { readonly code: string; readonly message: string } | undefined;
  /** e.g. `User initiated (2026-11-22 10:00:00 GMT)`; empty while nothing ended it */
  stateTransitionReason: string;
}

export const INSTANCE: Kind = {
  notFound: 'InvalidInstanceID.NotFound',
  noun: 'instance ID',
  format: idFormat('i', 'InvalidInstanceID.Malformed'),
};

const instances = defineReplicatedStore(() => new Map<string, Instance>());

/** Every instance, terminated ones too as long as AWS would show them. */
export function allInstances(scope: Scope): readonly Instance[] {
  return [...instances(scope).values()];
}

export function findInstance(scope: Scope, id: string): Instance | undefined {
  return instances(scope).get(id);
}

/** All of them, or `InvalidInstanceID.NotFound` naming those that do not exist. */
export function requireInstances(scope: Scope, ids: readonly string[]): readonly Instance[] {
  const known = ids.map((id) => findInstance(scope, id)).filter((each) => each !== undefined);
  const unknown = ids.filter((id) => !findInstance(scope, id));
  if (unknown.length > 0) throw notFound(INSTANCE, unknown);
  return known;
}

export function addInstance(scope: Scope, instance: Instance): void {
  instances(scope).set(instance.id, instance);
}

export function dropInstance(scope: Scope, id: string): void {
  instances(scope).delete(id);
}
