import type {
  CreateLaunchTemplateRequest,
  CreateLaunchTemplateResult,
  DeleteLaunchTemplateRequest,
  DeleteLaunchTemplateResult,
  DescribeLaunchTemplatesRequest,
  DescribeLaunchTemplatesResult,
  ModifyLaunchTemplateRequest,
  ModifyLaunchTemplateResult,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Call, Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { once } from './idempotency';
import type { LaunchTemplate } from './launch-template';
import {
  findTemplateByName,
  LAUNCH_TEMPLATE,
  launchTemplates,
  requireTemplate,
  requireVersion,
} from './launch-template';
import { checkContent, checkName, onTemplate, TEMPLATE_PARAMETERS, templateShape } from './launch-template-request';
import type { Listing, PageSize } from './listing';
import { list } from './listing';
import { resourceId } from './resource-id';
import { dropTags, writeTags } from './tag';
import { tagsFor } from './tag-shape';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplates.html */
export const PAGE_1_TO_200: PageSize = { min: 1, max: 200 };

const createOnce = once<LaunchTemplate>();

function create({ scope, principal }: Call, input: CreateLaunchTemplateRequest): LaunchTemplate {
  const name = checkName(scope, input.LaunchTemplateName ?? '');
  const content = checkContent(input.LaunchTemplateData);
  const tags = tagsFor('launch-template', input.TagSpecifications);
  const made = { createdAt: scope.clock.now(), createdBy: principal.arn };
  const first = { ...made, number: 1, description: input.VersionDescription, content };
  const template: LaunchTemplate = {
    ...made,
    id: resourceId(scope, 'lt'),
    name,
    versions: new Map([[1, first]]),
    defaultVersion: 1,
    lastNumber: 1,
  };
  launchTemplates(scope).set(template.id, template);
  writeTags(scope, template.id, tags);
  return template;
}

const createLaunchTemplate = operation<CreateLaunchTemplateRequest, CreateLaunchTemplateResult>({
  accepts: ['ClientToken', 'LaunchTemplateName', 'VersionDescription', 'TagSpecifications', ...TEMPLATE_PARAMETERS],
  authorize: (_, call) => onTemplate({}, call),
  run(input, call) {
    const template = createOnce(call.scope, input, () => create(call, input));
    return { LaunchTemplate: templateShape(call.scope, template) };
  },
});

const TEMPLATES: Listing<LaunchTemplate> = {
  all: (scope) => [...launchTemplates(scope).values()],
  id: ({ id }) => id,
  kind: LAUNCH_TEMPLATE,
  taggable: true,
  pageSize: PAGE_1_TO_200,
  filters: {
    'create-time': ({ createdAt }) => createdAt.toISOString(),
    'launch-template-name': ({ name }) => name,
  },
};

/** Names are asked for like ids; together they narrow each other down. */
function named(scope: Scope, names: readonly string[]): Listing<LaunchTemplate> {
  if (names.length === 0) return TEMPLATES;
  if (names.some((name) => !findTemplateByName(scope, name))) {
    throw new ApiError(
      'InvalidLaunchTemplateName.NotFoundException',
      'At least one of the launch templates specified in the request does not exist.',
    );
  }
  return { ...TEMPLATES, all: () => TEMPLATES.all(scope).filter(({ name }) => names.includes(name)) };
}

const describeLaunchTemplates = operation<DescribeLaunchTemplatesRequest, DescribeLaunchTemplatesResult>({
  accepts: ['LaunchTemplateIds', 'LaunchTemplateNames', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { LaunchTemplateIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken } = input;
    const listing = named(scope, input.LaunchTemplateNames ?? []);
    const { items, token } = list(scope, listing, { ids, filters, maxResults, nextToken });
    return { LaunchTemplates: items.map((template) => templateShape(scope, template)), NextToken: token };
  },
});

const modifyLaunchTemplate = operation<ModifyLaunchTemplateRequest, ModifyLaunchTemplateResult>({
  accepts: ['ClientToken', 'LaunchTemplateId', 'LaunchTemplateName', 'DefaultVersion'],
  authorize: onTemplate,
  run(input, { scope }) {
    const template = requireTemplate(scope, input);
    template.defaultVersion = requireVersion(template, input.DefaultVersion).number;
    return { LaunchTemplate: templateShape(scope, template) };
  },
});

const deleteLaunchTemplate = operation<DeleteLaunchTemplateRequest, DeleteLaunchTemplateResult>({
  accepts: ['LaunchTemplateId', 'LaunchTemplateName'],
  authorize: onTemplate,
  run(input, { scope }) {
    const template = requireTemplate(scope, input);
    const shape = templateShape(scope, template);
    launchTemplates(scope).delete(template.id);
    dropTags(scope, template.id);
    return { LaunchTemplate: shape };
  },
});

export const launchTemplateOperations: Operations = {
  CreateLaunchTemplate: createLaunchTemplate,
  DeleteLaunchTemplate: deleteLaunchTemplate,
  DescribeLaunchTemplates: describeLaunchTemplates,
  ModifyLaunchTemplate: modifyLaunchTemplate,
};
