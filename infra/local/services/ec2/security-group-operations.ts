import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  CreateSecurityGroupRequest,
  CreateSecurityGroupResult,
  DeleteSecurityGroupRequest,
  DeleteSecurityGroupResult,
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupIngressRequest,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { dependencyViolation, found, invalidValue, missingParameter } from './ec2-error';
import { PERMISSION_PARAMETERS, ruleRequests } from './ip-permission';
import { list } from './listing';
import { allNetworkInterfaces } from './network-interface';
import type { RuleRequest, SecurityGroup } from './security-group';
import {
  addRules,
  allSecurityGroups,
  createSecurityGroup as makeSecurityGroup,
  DEFAULT_GROUP,
  dropSecurityGroup,
  removeRules,
  requireSecurityGroup,
} from './security-group';
import {
  ruleShape,
  SECURITY_GROUP_RULE,
  SECURITY_GROUP_RULES,
  SECURITY_GROUPS,
  securityGroupShape,
} from './security-group-shape';
import { dropTags, writeTags } from './tag';
import { tagList, tagsFor } from './tag-shape';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const GROUP_TEXT = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

/** @throws ApiError MissingParameter, InvalidParameterValue */
function checkGroupText(parameter: string, text: string): void {
  if (text === '') throw missingParameter(parameter);
  const isId = parameter === 'GroupName' && text.startsWith('sg-');
  if (GROUP_TEXT.test(text) && !isId) return;
  throw invalidValue(`Value (${text}) for parameter ${parameter} is invalid.`);
}

const createSecurityGroup = operation<CreateSecurityGroupRequest, CreateSecurityGroupResult>({
  accepts: ['GroupName', 'Description', 'VpcId', 'TagSpecifications'],
  run({ GroupName: name = '', Description: description = '', VpcId: vpcId, TagSpecifications }, { scope }) {
    // Without a default VPC AWS wants to be told which.
    if (vpcId === undefined) throw new ApiError('VPCIdNotSpecified', 'No default VPC for this user');
    checkGroupText('GroupName', name);
    checkGroupText('GroupDescription', description);
    const tags = tagsFor('security-group', TagSpecifications);
    const group = makeSecurityGroup(scope, { vpcId, name, description });
    writeTags(scope, group.id, tags);
    return { GroupId: group.id, SecurityGroupArn: group.arn, Tags: tagList(scope, group.id) };
  },
});

const describeSecurityGroups = operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult>({
  accepts: ['GroupIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, SECURITY_GROUPS, {
      ids: input.GroupIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { SecurityGroups: items.map((group) => securityGroupShape(scope, group)), NextToken: token };
  },
});

const deleteSecurityGroup = operation<DeleteSecurityGroupRequest, DeleteSecurityGroupResult>({
  accepts: ['GroupId'],
  run({ GroupId }, { scope }) {
    if (GroupId === undefined) throw missingParameter('groupId');
    const { id, name, rules } = requireSecurityGroup(scope, GroupId);
    if (name === DEFAULT_GROUP) {
      throw new ApiError('CannotDelete', `the specified group: "${id}" name: "${name}" cannot be deleted by a user`);
    }
    const used = allNetworkInterfaces(scope).some(({ groups }) => groups.includes(id));
    const named = allSecurityGroups(scope).some((group) => group.id !== id && mentions(group, id));
    if (used || named) throw dependencyViolation(`resource ${id} has a dependent object`);
    dropSecurityGroup(scope, id);
    for (const gone of [id, ...rules.map((rule) => rule.id)]) dropTags(scope, gone);
    return { Return: true, GroupId: id };
  },
});

const describeSecurityGroupRules = operation<DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResult>({
  accepts: ['SecurityGroupRuleIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, SECURITY_GROUP_RULES, {
      ids: input.SecurityGroupRuleIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { SecurityGroupRules: items.map((owned) => ruleShape(scope, owned)), NextToken: token };
  },
});

type AuthorizeRequest = AuthorizeSecurityGroupIngressRequest | AuthorizeSecurityGroupEgressRequest;

function authorizing(egress: boolean) {
  return operation<AuthorizeRequest, AuthorizeSecurityGroupIngressResult>({
    accepts: ['GroupId', 'TagSpecifications', ...PERMISSION_PARAMETERS],
    run(input, { scope }) {
      if (input.GroupId === undefined) throw missingParameter('groupId');
      const group = requireSecurityGroup(scope, input.GroupId);
      const tags = tagsFor('security-group-rule', input.TagSpecifications);
      const rules = addRules(scope, group, ruleRequests(scope, input, egress));
      for (const rule of rules) writeTags(scope, rule.id, tags);
      return { Return: true, SecurityGroupRules: rules.map((rule) => ruleShape(scope, { group, rule })) };
    },
  });
}

type RevokeRequest = RevokeSecurityGroupIngressRequest | RevokeSecurityGroupEgressRequest;

function revoking(egress: boolean) {
  return operation<RevokeRequest, { Return: boolean }>({
    accepts: ['GroupId', 'SecurityGroupRuleIds', ...PERMISSION_PARAMETERS],
    run(input, { scope }) {
      if (input.GroupId === undefined) throw missingParameter('groupId');
      const group = requireSecurityGroup(scope, input.GroupId);
      const ids = input.SecurityGroupRuleIds;
      const requests = ids ? rulesById(group, ids, egress) : ruleRequests(scope, input, egress);
      for (const { id } of removeRules(group, requests)) dropTags(scope, id);
      return { Return: true };
    },
  });
}

function rulesById(group: SecurityGroup, ids: readonly string[], egress: boolean): RuleRequest[] {
  return ids.map((id) =>
    found(
      group.rules.find((rule) => rule.id === id && rule.egress === egress),
      SECURITY_GROUP_RULE,
      id,
    ),
  );
}

function mentions({ rules }: SecurityGroup, groupId: string): boolean {
  return rules.some(({ peer }) => peer.kind === 'group' && peer.groupId === groupId);
}

export const securityGroupOperations: Operations = {
  AuthorizeSecurityGroupEgress: authorizing(true),
  AuthorizeSecurityGroupIngress: authorizing(false),
  CreateSecurityGroup: createSecurityGroup,
  DeleteSecurityGroup: deleteSecurityGroup,
  DescribeSecurityGroupRules: describeSecurityGroupRules,
  DescribeSecurityGroups: describeSecurityGroups,
  RevokeSecurityGroupEgress: revoking(true),
  RevokeSecurityGroupIngress: revoking(false),
};
