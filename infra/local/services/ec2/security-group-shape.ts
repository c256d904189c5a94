import type { SecurityGroup as SecurityGroupShape, SecurityGroupRule as RuleShape } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import type { FilterField } from './filter';
import { permissionShapes } from './ip-permission';
import type { Listing } from './listing';
import { PAGE_5_TO_1000 } from './listing';
import type { SecurityGroup, SecurityGroupRule } from './security-group';
import { allSecurityGroups, SECURITY_GROUP } from './security-group';
import { tagList } from './tag-shape';

type Side = 'ip-permission' | 'egress.ip-permission';

/** The filters that look at one side's rules. */
function ruleFilters(side: Side): Readonly<Record<string, FilterField<SecurityGroup>>> {
  const rules = (group: SecurityGroup): readonly SecurityGroupRule[] =>
    group.rules.filter(({ egress }) => egress === (side === 'egress.ip-permission'));
  return {
    [`${side}.cidr`]: (group) => rules(group).map(({ peer }) => (peer.kind === 'ipv4' ? peer.cidr : undefined)),
    [`${side}.ipv6-cidr`]: (group) => rules(group).map(({ peer }) => (peer.kind === 'ipv6' ? peer.cidr : undefined)),
    [`${side}.group-id`]: (group) => rules(group).map(({ peer }) => (peer.kind === 'group' ? peer.groupId : undefined)),
    [`${side}.prefix-list-id`]: (group) =>
      rules(group).map(({ peer }) => (peer.kind === 'prefix-list' ? peer.prefixListId : undefined)),
    [`${side}.protocol`]: (group) => rules(group).map(({ protocol }) => protocol),
    [`${side}.from-port`]: (group) => rules(group).map(({ fromPort }) => fromPort),
    [`${side}.to-port`]: (group) => rules(group).map(({ toPort }) => toPort),
  };
}

export const SECURITY_GROUPS: Listing<SecurityGroup> = {
  all: allSecurityGroups,
  id: (group) => group.id,
  kind: SECURITY_GROUP,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  filters: {
    'group-id': (group) => group.id,
    'group-name': (group) => group.name,
    description: (group) => group.description,
    'vpc-id': (group) => group.vpcId,
    'owner-id': (_, scope) => scope.account,
    ...ruleFilters('ip-permission'),
    ...ruleFilters('egress.ip-permission'),
  },
};

export interface OwnedRule {
  readonly group: SecurityGroup;
  readonly rule: SecurityGroupRule;
}

export const SECURITY_GROUP_RULE: Kind = {
  notFound: 'InvalidSecurityGroupRuleId.NotFound',
  noun: 'security group rule ID',
};

export const SECURITY_GROUP_RULES: Listing<OwnedRule> = {
  all: (scope) => allSecurityGroups(scope).flatMap((group) => group.rules.map((rule) => ({ group, rule }))),
  id: ({ rule }) => rule.id,
  kind: SECURITY_GROUP_RULE,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  filters: { 'group-id': ({ group }) => group.id, 'security-group-rule-id': ({ rule }) => rule.id },
};

export function securityGroupShape(scope: Scope, group: SecurityGroup): SecurityGroupShape {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    VpcId: group.vpcId,
    OwnerId: scope.account,
    SecurityGroupArn: group.arn,
    IpPermissions: permissionShapes(
      scope,
      group.rules.filter(({ egress }) => !egress),
    ),
    IpPermissionsEgress: permissionShapes(
      scope,
      group.rules.filter(({ egress }) => egress),
    ),
    Tags: tagList(scope, group.id),
  };
}

/** AWS gives ports of -1 where a rule is for every protocol. */
export function ruleShape(scope: Scope, { group, rule }: OwnedRule): RuleShape {
  const { peer } = rule;
  return {
    SecurityGroupRuleId: rule.id,
    SecurityGroupRuleArn: arn(scope, 'ec2', `security-group-rule/${rule.id}`),
    GroupId: group.id,
    GroupOwnerId: scope.account,
    IsEgress: rule.egress,
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    CidrIpv4: peer.kind === 'ipv4' ? peer.cidr : undefined,
    CidrIpv6: peer.kind === 'ipv6' ? peer.cidr : undefined,
    ReferencedGroupInfo: peer.kind === 'group' ? { GroupId: peer.groupId, UserId: scope.account } : undefined,
    PrefixListId: peer.kind === 'prefix-list' ? peer.prefixListId : undefined,
    Description: rule.description,
    Tags: tagList(scope, rule.id) ?? [],
  };
}
