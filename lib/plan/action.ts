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
  readonly from: { readonly state: string };
  readonly to: { readonly state: 'absent' };
}

export interface DeregisterCloudMapInstanceAction extends ActionBase {
  readonly kind: 'deregister-cloudmap-instance';
  readonly serviceArn: string;
  /** srv-... */
  readonly serviceId: string;
  readonly instanceId: string;
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

export type Action = TagAction | UntagAction | DeregisterTargetAction | DeregisterCloudMapInstanceAction;
export type DestructiveAction = DeregisterTargetAction | DeregisterCloudMapInstanceAction;

export type RestoreAction = RegisterTargetAction | RegisterCloudMapInstanceAction;
/** What the ledger keeps: every write that tags can not undo. */
export type LedgerAction = DestructiveAction | RestoreAction;

export function isDestructive(action: Action | LedgerAction): action is DestructiveAction {
  return action.kind === 'deregister-target' || action.kind === 'deregister-cloudmap-instance';
}
