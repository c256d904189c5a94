import type {
  CreateNetworkAclEntryRequest,
  CreateNetworkAclRequest,
  CreateNetworkAclResult,
  DeleteNetworkAclEntryRequest,
  DeleteNetworkAclRequest,
  DescribeNetworkAclsRequest,
  DescribeNetworkAclsResult,
  ReplaceNetworkAclAssociationRequest,
  ReplaceNetworkAclAssociationResult,
  ReplaceNetworkAclEntryRequest,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { dependencyViolation, invalidValue } from './ec2-error';
import { once } from './idempotency';
import { checkId, list } from './listing';
import type { NetworkAcl, NetworkAclEntry } from './network-acl';
import {
  aclAssociations,
  allAclAssociations,
  associateAcl,
  createNetworkAcl as makeNetworkAcl,
  dropNetworkAcl,
  NETWORK_ACL,
  requireNetworkAcl,
} from './network-acl';
import { checkRoom, checkRuleNumber, ENTRY_PARAMETERS, entryFrom, findEntry } from './network-acl-entry';
import { NETWORK_ACLS, networkAclShape } from './network-acl-shape';
import { dropTags, writeTags } from './tag';
import { tagsFor } from './tag-shape';
import { requireVpc } from './vpc';

const createOnce = once<NetworkAcl>();

const createNetworkAcl = operation<CreateNetworkAclRequest, CreateNetworkAclResult>({
  accepts: ['VpcId', 'TagSpecifications', 'ClientToken'],
  run(input, { scope }) {
    const tags = tagsFor('network-acl', input.TagSpecifications);
    const acl = createOnce(scope, input, () => makeNetworkAcl(scope, requireVpc(scope, input.VpcId ?? '').id));
    writeTags(scope, acl.id, tags);
    return { NetworkAcl: networkAclShape(scope, acl), ClientToken: input.ClientToken };
  },
});

const describeNetworkAcls = operation<DescribeNetworkAclsRequest, DescribeNetworkAclsResult>({
  accepts: ['NetworkAclIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, NETWORK_ACLS, {
      ids: input.NetworkAclIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { NetworkAcls: items.map((acl) => networkAclShape(scope, acl)), NextToken: token };
  },
});

const deleteNetworkAcl = operation<DeleteNetworkAclRequest, undefined>({
  accepts: ['NetworkAclId'],
  run(input, { scope }) {
    const acl = named(scope, input.NetworkAclId);
    if (acl.isDefault) throw invalidValue(`cannot delete default network ACL ${acl.id}`);
    if (aclAssociations(scope, acl.id).length > 0) {
      throw dependencyViolation(`The networkAcl '${acl.id}' has dependencies and cannot be deleted.`);
    }
    dropNetworkAcl(scope, acl.id);
    dropTags(scope, acl.id);
  },
});

const createEntry = operation<CreateNetworkAclEntryRequest, undefined>({
  accepts: ENTRY_PARAMETERS,
  run(input, { scope }) {
    const acl = named(scope, input.NetworkAclId);
    const entry = entryFrom(input);
    if (findEntry(acl, entry)) {
      throw new ApiError(
        'NetworkAclEntryAlreadyExists',
        `The network acl entry identified by ${String(entry.ruleNumber)} already exists.`,
      );
    }
    checkRoom(acl, entry);
    acl.entries = [...acl.entries, entry];
  },
});

const replaceEntry = operation<ReplaceNetworkAclEntryRequest, undefined>({
  accepts: ENTRY_PARAMETERS,
  run(input, { scope }) {
    const acl = named(scope, input.NetworkAclId);
    const entry = entryFrom(input);
    const former = requireEntry(acl, entry);
    acl.entries = acl.entries.map((each) => (each === former ? entry : each));
  },
});

const deleteEntry = operation<DeleteNetworkAclEntryRequest, undefined>({
  accepts: ['NetworkAclId', 'Egress', 'RuleNumber'],
  run({ NetworkAclId, Egress = false, RuleNumber }, { scope }) {
    const acl = named(scope, NetworkAclId);
    const gone = requireEntry(acl, { egress: Egress, ruleNumber: checkRuleNumber(RuleNumber) });
    acl.entries = acl.entries.filter((entry) => entry !== gone);
  },
});

const replaceAssociation = operation<ReplaceNetworkAclAssociationRequest, ReplaceNetworkAclAssociationResult>({
  accepts: ['AssociationId', 'NetworkAclId'],
  run({ AssociationId = '', NetworkAclId }, { scope }) {
    const acl = named(scope, NetworkAclId);
    const former = allAclAssociations(scope).find(({ id }) => id === AssociationId);
    if (!former) {
      throw new ApiError('InvalidAssociationID.NotFound', `The association ID '${AssociationId}' does not exist`);
    }
    if (requireNetworkAcl(scope, former.aclId).vpcId !== acl.vpcId) {
      throw invalidValue(`Network ACL ${acl.id} and subnet ${former.subnetId} belong to different networks`);
    }
    return { NewAssociationId: associateAcl(scope, former.subnetId, acl.id).id };
  },
});

function named(scope: Scope, id = ''): NetworkAcl {
  checkId(NETWORK_ACL, id);
  return requireNetworkAcl(scope, id);
}

function requireEntry(acl: NetworkAcl, wanted: Pick<NetworkAclEntry, 'egress' | 'ruleNumber'>): NetworkAclEntry {
  const entry = findEntry(acl, wanted);
  if (entry) return entry;
  const direction = wanted.egress ? 'egress' : 'ingress';
  const message = `no ${direction} entry with number ${String(wanted.ruleNumber)} in network acl ${acl.id}`;
  throw new ApiError('InvalidNetworkAclEntry.NotFound', message);
}

export const networkAclOperations: Operations = {
  CreateNetworkAcl: createNetworkAcl,
  CreateNetworkAclEntry: createEntry,
  DeleteNetworkAcl: deleteNetworkAcl,
  DeleteNetworkAclEntry: deleteEntry,
  DescribeNetworkAcls: describeNetworkAcls,
  ReplaceNetworkAclAssociation: replaceAssociation,
  ReplaceNetworkAclEntry: replaceEntry,
};
