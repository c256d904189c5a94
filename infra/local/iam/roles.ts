/** Roles and managed policies of an account: what the principals of a deployed template may do. */
import { defineStore, type Scope } from '../kernel/scope';
import { parsePolicyDocument, type PolicyDocument } from './policy-document';

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

const iam = defineStore((): IamState => ({ roles: new Map(), managedPolicies: new Map() }));

/** IAM knows no regions: `arn:aws:iam::111122223333:role/name`. */
export function iamArn({ partition, account }: Scope, resource: string): string {
  return ['arn', partition, 'iam', '', account, resource].join(':');
}

export interface NewRole {
  readonly name: string;
  /** Policy documents as JSON values. */
  readonly inline: readonly unknown[];
  readonly managedPolicyArns: readonly string[];
  readonly boundaryArn?: string;
}

/** Makes or replaces a role. @throws MalformedPolicy */
export function putRole(scope: Scope, { name, inline, managedPolicyArns, boundaryArn }: NewRole): Role {
  const arn = iamArn(scope, `role/${name}`);
  const role = { name, arn, inline: inline.map(parsePolicyDocument), managedPolicyArns, boundaryArn };
  iam(scope).roles.set(arn, role);
  return role;
}

export function deleteRole(scope: Scope, arn: string): void {
  iam(scope).roles.delete(arn);
}

/** Makes or replaces a managed policy; answers with its ARN. @throws MalformedPolicy */
export function putManagedPolicy(scope: Scope, name: string, document: unknown): string {
  const arn = iamArn(scope, `policy/${name}`);
  iam(scope).managedPolicies.set(arn, parsePolicyDocument(document));
  return arn;
}

export function deleteManagedPolicy(scope: Scope, arn: string): void {
  iam(scope).managedPolicies.delete(arn);
}

export interface RolePolicies {
  readonly identity: readonly PolicyDocument[];
  readonly boundary: PolicyDocument | undefined;
}

/** What a role may do now; `undefined`: there is no such role (any more). A policy that is not there grants nothing. */
export function policiesOf(scope: Scope, roleArn: string): RolePolicies | undefined {
  const { roles, managedPolicies } = iam(scope);
  const role = roles.get(roleArn);
  if (!role) return undefined;
  const managed = role.managedPolicyArns.flatMap((arn) => managedPolicies.get(arn) ?? []);
  const boundary = role.boundaryArn === undefined ? undefined : managedPolicies.get(role.boundaryArn);
  return { identity: [...role.inline, ...managed], boundary };
}
