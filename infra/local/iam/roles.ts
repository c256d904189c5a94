/** Roles and managed policies: what the principals of a deployed template may do. */
import { ApiError } from '../kernel/api-error';
import type { Clock } from '../kernel/clock';
import type { Principal } from '../kernel/operation';
import type { Scope } from '../kernel/scope';
import type { Policies } from './evaluate-policy';
import type { PolicyDocument } from './policy-document';
import { parsePolicyDocument } from './policy-document';

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly inline: readonly PolicyDocument[];
  readonly managedPolicyArns: readonly string[];
  readonly boundaryArn: string | undefined;
}

interface IamState {
  /** By ARN. */
  readonly roles: Map<string, Role>;
  readonly managedPolicies: Map<string, PolicyDocument>;
}

/** IAM knows no regions: one state for each account of a world, which has one clock. */
const worlds = new WeakMap<Clock, Map<string, IamState>>();

function iamState({ clock, account }: Scope): IamState {
  const accounts = worlds.get(clock) ?? new Map<string, IamState>();
  worlds.set(clock, accounts);
  const state = accounts.get(account) ?? { roles: new Map(), managedPolicies: new Map() };
  accounts.set(account, state);
  return state;
}

/** `arn:aws:iam::111122223333:role/name` */
function iamArn({ partition, account }: Scope, resource: string): string {
  return ['arn', partition, 'iam', '', account, resource].join(':');
}

export interface NewRole {
  readonly name: string;
  /** Policy documents, as JSON text or as values. */
  readonly inline: readonly unknown[];
  readonly managedPolicyArns: readonly string[];
  readonly boundaryArn?: string;
}

/**
 * Makes or replaces a role. Throws `MalformedPolicy`, and `NoSuchEntity` for a managed policy that the account does not
 * have: those of AWS are not simulated, and a role that silently had less than it says would mislead.
 */
export function putRole(scope: Scope, { name, inline, managedPolicyArns, boundaryArn }: NewRole): Role {
  const { roles, managedPolicies } = iamState(scope);
  for (const policyArn of [...managedPolicyArns, ...(boundaryArn === undefined ? [] : [boundaryArn])]) {
    if (!managedPolicies.has(policyArn)) {
      throw new ApiError('NoSuchEntity', `Role ${name}: the local account has no policy ${policyArn}.`, 404);
    }
  }
  const arn = iamArn(scope, `role/${name}`);
  const role = { name, arn, inline: inline.map(parsePolicyDocument), managedPolicyArns, boundaryArn };
  roles.set(arn, role);
  return role;
}

export function deleteRole(scope: Scope, arn: string): void {
  iamState(scope).roles.delete(arn);
}

/** Makes or replaces a managed policy; returns its ARN. Throws `MalformedPolicy`. */
export function putManagedPolicy(scope: Scope, name: string, document: unknown): string {
  const arn = iamArn(scope, `policy/${name}`);
  iamState(scope).managedPolicies.set(arn, parsePolicyDocument(document));
  return arn;
}

/** Roles that still have it lose what it grants, or, where it is their boundary, everything. */
export function deleteManagedPolicy(scope: Scope, arn: string): void {
  iamState(scope).managedPolicies.delete(arn);
}

const NOTHING: PolicyDocument = { hasVariables: true, statements: [] };

/** What a role may do now; undefined if there is no such role (any more). */
export function policiesOf(scope: Scope, roleArn: string): Policies | undefined {
  const { roles, managedPolicies } = iamState(scope);
  const role = roles.get(roleArn);
  if (!role) return undefined;
  const managed = role.managedPolicyArns.flatMap((arn) => managedPolicies.get(arn) ?? []);
  const { boundaryArn } = role;
  return {
    identity: [...role.inline, ...managed],
    boundary: boundaryArn === undefined ? undefined : (managedPolicies.get(boundaryArn) ?? NOTHING),
  };
}

/** Who calls with credentials of a role, as STS names a session. */
export function roleSession({ partition, account }: Scope, roleArn: string, sessionName: string): Principal {
  const roleName = roleArn.split('/').at(-1) ?? '';
  const session = `assumed-role/${roleName}/${sessionName}`;
  return { account, arn: ['arn', partition, 'sts', '', account, session].join(':'), roleArn };
}
