/**
 * One write to the workload, as plain data: a dry run, the ledger and the alert show the same object. Alerts and
 * events are no actions.
 */
import type { Mode } from '../policy/policy';
import type { Tags } from '../snapshot/snapshot';
import type { ResourceKind } from '../trigger/request';

interface ActionBase {
  /** What is written: ARN, or the id forms of `Finding.resource`. */
  readonly resource: string;
  readonly resourceKind: ResourceKind;
  /** Rules whose findings lead to it, sorted. */
  readonly rules: readonly string[];
  readonly scope: string;
  /** Mode in force for the resource; a destructive action is only ever planned under `enforce`. */
  readonly mode: Mode;
}

/** Writes tags. `from`: present values of the keys in `to`. */
export interface TagAction extends ActionBase {
  readonly kind: 'tag';
  readonly from: Tags;
  readonly to: Tags;
}

/** Removes tag keys. `from`: the keys with their present values. */
export interface UntagAction extends ActionBase {
  readonly kind: 'untag';
  readonly from: Tags;
  readonly to: Readonly<Record<string, never>>;
}

export interface DeregisterTargetAction extends ActionBase {
  readonly kind: 'deregister-target';
  readonly targetGroupArn: string;
  readonly targetId: string;
  /** Always named: without it AWS takes the group's default port and leaves the real registration in place. */
  readonly port: number;
  readonly availabilityZone?: string;
  /** ARN of the task for which ECS registered it, and may again: planned under `ecsManaged: allow` only. */
  readonly ownedBy?: string;
  readonly from: { readonly state: string };
  readonly to: { readonly state: 'absent' };
}

export interface DeregisterCloudMapInstanceAction extends ActionBase {
  readonly kind: 'deregister-cloudmap-instance';
  readonly serviceArn: string;
  /** srv-... */
  readonly serviceId: string;
  readonly instanceId: string;
  /** As of a target. */
  readonly ownedBy?: string;
  readonly from: Tags;
  readonly to: { readonly state: 'absent' };
}

/** Registers what `undo` restores: asked for by a person, never planned. */
export interface RegisterTargetAction extends Omit<DeregisterTargetAction, 'kind' | 'from' | 'to'> {
  readonly kind: 'register-target';
  readonly from: { readonly state: 'absent' };
  readonly to: { readonly state: 'registered' };
}

/** The same for a Cloud Map instance, with all of its attributes. */
export interface RegisterCloudMapInstanceAction extends Omit<DeregisterCloudMapInstanceAction, 'kind' | 'from' | 'to'> {
  readonly kind: 'register-cloudmap-instance';
  readonly from: { readonly state: 'absent' };
  readonly to: Tags;
}

/** Makes the first global address of an instance's own interface its primary one. Nothing takes that back. */
export interface EnablePrimaryIpv6Action extends ActionBase {
  readonly kind: 'enable-primary-ipv6';
  /** i-... */
  readonly instanceId: string;
  /** eni-..., at device index 0 of the instance. */
  readonly networkInterfaceId: string;
  /** What has to change so that the next instance comes with the address: a sentence without its full stop. */
  readonly atSource: string;
  readonly from: { readonly primaryIpv6: false };
  readonly to: { readonly primaryIpv6: true };
}

/** Lets a service start its tasks without ECS Exec; those that run keep it. */
export interface DisableExecAction extends ActionBase {
  readonly kind: 'disable-exec';
  readonly clusterArn: string;
  readonly serviceName: string;
  readonly from: { readonly enableExecuteCommand: true };
  readonly to: { readonly enableExecuteCommand: false };
}

/** Changes what is there to stay. */
export type ChangeAction = EnablePrimaryIpv6Action | DisableExecAction;
export type RemovalAction = DeregisterTargetAction | DeregisterCloudMapInstanceAction;
/** Whatever is more than a tag: it goes through lease, budget, fence and reading back. */
export type DestructiveAction = RemovalAction | ChangeAction;
export type Action = TagAction | UntagAction | DestructiveAction;

export type RestoreAction = RegisterTargetAction | RegisterCloudMapInstanceAction;
/** What the ledger keeps: every write that tags can not undo. */
export type LedgerAction = DestructiveAction | RestoreAction;

export function isRemoval(action: Action | LedgerAction): action is RemovalAction {
  return action.kind === 'deregister-target' || action.kind === 'deregister-cloudmap-instance';
}

export function isChange(action: Action | LedgerAction): action is ChangeAction {
  return action.kind === 'enable-primary-ipv6' || action.kind === 'disable-exec';
}

export function isDestructive(action: Action | LedgerAction): action is DestructiveAction {
  return isRemoval(action) || isChange(action);
}
