/** What each kind of action writes, and what its check afterwards reads. */
import type { Action, RestoreAction } from '../plan/action';
import type { Access, Conditions, Permission } from './permission';
import { toRead } from './reads';

/** Names of the controller's tags, behind the prefix that the policy chooses. */
const TAG_NAMES = ['rules', 'since', 'status'] as const;

/**
 * Only the controller's own tag keys, and at least one: without keys EC2 takes all tags away. `ForAllValues` holds for
 * none at all, so that has to be said: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
const ownTags = (prefix: string): Conditions => ({
  'ForAllValues:StringLike': { 'aws:TagKeys': TAG_NAMES.map((name) => `${prefix}:${name}`) },
  Null: { 'aws:TagKeys': ['false'] },
});

interface TagCalls extends Pick<Access, 'sid' | 'resources' | 'why'> {
  readonly tag: string;
  readonly untag: string;
}

/** Each service has its own tag calls: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const tagCalls: readonly TagCalls[] = [
  {
    sid: 'TagEcs',
    resources: ['cluster', 'container-instance', 'service', 'task', 'task-definition'].map((type) => `ecs:${type}/*`),
    tag: 'ecs:TagResource',
    untag: 'ecs:UntagResource',
  },
  { sid: 'TagInstances', resources: ['ec2:instance/*'], tag: 'ec2:CreateTags', untag: 'ec2:DeleteTags' },
  {
    sid: 'TagTargetGroups',
    resources: ['elasticloadbalancing:targetgroup/*'],
    tag: 'elasticloadbalancing:AddTags',
    untag: 'elasticloadbalancing:RemoveTags',
  },
  {
    sid: 'TagCloudMap',
    resources: ['*'],
    why: 'Cloud Map knows no resources for these two actions, but the keys of tags',
    tag: 'servicediscovery:TagResource',
    untag: 'servicediscovery:UntagResource',
  },
];

function tagPermissions(call: 'tag' | 'untag', tagPrefix: string): readonly Permission[] {
  const conditions = ownTags(tagPrefix);
  return tagCalls.map(({ sid, resources, why, ...calls }) => {
    return { action: calls[call], on: { sid, resources, why, conditions } };
  });
}

const deregisterTargets: Access = { sid: 'DeregisterTargets', resources: ['elasticloadbalancing:targetgroup/*'] };
const deregisterInstances: Access = { sid: 'DeregisterInstances', resources: ['servicediscovery:service/*'] };
const readBackInstances: Access = {
  sid: 'ReadBackInstances',
  resources: ['servicediscovery:namespace/*', 'servicediscovery:service/*'],
};
const enablePrimaryIpv6: Access = {
  sid: 'EnablePrimaryIpv6',
  resources: ['ec2:network-interface/*'],
  conditions: { StringEquals: { 'ec2:Attribute': ['EnablePrimaryIpv6'] } },
  why: 'the same call changes security groups and more: this attribute alone. Done only where the policy asks for it',
};
const disableExec: Access = {
  sid: 'DisableExec',
  resources: ['ecs:service/*'],
  conditions: { StringEquals: { 'ecs:enable-execute-command': ['false'] } },
  why: 'only a request that switches ECS Exec off. Done only where the policy asks for it',
};

/** After a registration as after a removal. */
const instanceReadBacks: readonly Permission[] = [
  { action: 'servicediscovery:GetInstance', on: readBackInstances },
  { action: 'servicediscovery:GetOperation', on: readBackInstances },
];

/** @param tagPrefix of the policy; `*` where any policy may come to be in force */
export const actionPermissions = (tagPrefix: string): Readonly<Record<Action['kind'], readonly Permission[]>> => ({
  tag: tagPermissions('tag', tagPrefix),
  untag: tagPermissions('untag', tagPrefix),
  'deregister-target': [
    { action: 'elasticloadbalancing:DeregisterTargets', on: deregisterTargets },
    toRead('elasticloadbalancing:DescribeTargetHealth'),
  ],
  'deregister-cloudmap-instance': [
    { action: 'servicediscovery:DeregisterInstance', on: deregisterInstances },
    ...instanceReadBacks,
  ],
  'enable-primary-ipv6': [
    { action: 'ec2:ModifyNetworkInterfaceAttribute', on: enablePrimaryIpv6 },
    toRead('ec2:DescribeNetworkInterfaces'),
  ],
  'disable-exec': [{ action: 'ecs:UpdateService', on: disableExec }, toRead('ecs:DescribeServices')],
});

const registerTargets: Access = { sid: 'RegisterTargets', resources: ['elasticloadbalancing:targetgroup/*'] };
const registerInstances: Access = { sid: 'RegisterInstances', resources: ['servicediscovery:service/*'] };

/** What `undo` writes and reads back, with the credentials of a person: no function has these. */
export const restorePermissions: Readonly<Record<RestoreAction['kind'], readonly Permission[]>> = {
  'register-target': [
    { action: 'elasticloadbalancing:RegisterTargets', on: registerTargets },
    toRead('elasticloadbalancing:DescribeTargetHealth'),
  ],
  'register-cloudmap-instance': [
    { action: 'servicediscovery:RegisterInstance', on: registerInstances },
    ...instanceReadBacks,
  ],
};
