import type {
  CreateLaunchTemplateVersionRequest,
  CreateLaunchTemplateVersionResult,
  DeleteLaunchTemplateVersionsRequest,
  DeleteLaunchTemplateVersionsResult,
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult,
  ResponseError,
} from '@aws-sdk/client-ec2';
import type { Call, Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { invalidCombination, invalidValue, missingParameter } from './ec2-error';
import { once } from './idempotency';
import type { LaunchTemplate, LaunchTemplateVersion } from './launch-template';
import {
  DEFAULT,
  findVersion,
  LATEST,
  LAUNCH_TEMPLATE,
  launchTemplates,
  requireTemplate,
  requireVersion,
} from './launch-template';
import { getLaunchTemplateData } from './launch-template-from-instance';
import { PAGE_1_TO_200 } from './launch-template-operations';
import { checkContent, onTemplate, TEMPLATE_PARAMETERS, versionShape } from './launch-template-request';
import type { Listing } from './listing';
import { list } from './listing';

interface VersionOf {
  readonly template: LaunchTemplate;
  readonly version: LaunchTemplateVersion;
}

const addOnce = once<VersionOf>();

function addVersion({ scope, principal }: Call, input: CreateLaunchTemplateVersionRequest): VersionOf {
  const template = requireTemplate(scope, input);
  const source = input.SourceVersion === undefined ? {} : requireVersion(template, input.SourceVersion).content;
  const version: LaunchTemplateVersion = {
    number: (template.lastNumber += 1),
    description: input.VersionDescription,
    createdAt: scope.clock.now(),
    createdBy: principal.arn,
    // what the request says takes the place of what the source says
    content: checkContent({ ...source, ...input.LaunchTemplateData }),
  };
  template.versions.set(version.number, version);
  return { template, version };
}

const createLaunchTemplateVersion = operation<CreateLaunchTemplateVersionRequest, CreateLaunchTemplateVersionResult>({
  accepts: [
    ...['ClientToken', 'LaunchTemplateId', 'LaunchTemplateName', 'SourceVersion', 'VersionDescription'],
    ...TEMPLATE_PARAMETERS,
  ],
  authorize: onTemplate,
  run(input, call) {
    const { template, version } = addOnce(call.scope, input, () => addVersion(call, input));
    return { LaunchTemplateVersion: versionShape(template, version) };
  },
});

const VERSIONS: Omit<Listing<VersionOf>, 'all'> = {
  id: ({ template }) => template.id,
  kind: LAUNCH_TEMPLATE,
  taggable: false,
  pageSize: PAGE_1_TO_200,
  filters: {
    'create-time': ({ version }) => version.createdAt.toISOString(),
    'http-endpoint': ({ version }) => version.content.MetadataOptions?.HttpEndpoint,
    'http-tokens': ({ version }) => version.content.MetadataOptions?.HttpTokens,
    'iam-instance-profile': ({ version: { content } }) => [
      content.IamInstanceProfile?.Arn,
      content.IamInstanceProfile?.Name,
    ],
    'image-id': ({ version }) => version.content.ImageId,
    'instance-type': ({ version }) => version.content.InstanceType,
    'is-default-version': ({ template, version }) => version.number === template.defaultVersion,
  },
};

/** The versions asked for, of one template or, by the two words for versions only, of all of them. */
function asked(scope: Scope, input: DescribeLaunchTemplateVersionsRequest): readonly VersionOf[] {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Versions: wanted = [] } = input;
  if (id === undefined && name === undefined) {
    if (wanted.length > 0 && wanted.every((each) => each === LATEST || each === DEFAULT)) {
      return [...launchTemplates(scope).values()].flatMap((template) => chosen(template, wanted));
    }
    throw missingParameter('LaunchTemplateId or LaunchTemplateName, or Versions of $Latest or $Default');
  }
  const template = requireTemplate(scope, input);
  return wanted.length > 0 ? chosen(template, wanted) : between(template, input);
}

function chosen(template: LaunchTemplate, wanted: readonly string[]): readonly VersionOf[] {
  const versions = new Set(wanted.map((each) => requireVersion(template, each)));
  return newestFirst(template, [...versions]);
}

function between(template: LaunchTemplate, { MinVersion, MaxVersion }: DescribeLaunchTemplateVersionsRequest) {
  const [min, max] = [bound(MinVersion, 0), bound(MaxVersion, Infinity)];
  return newestFirst(
    template,
    [...template.versions.values()].filter(({ number }) => number > min && number <= max),
  );
}

/** AWS describes versions after the one bound and up to the other: the first excluded, the last included. */
function bound(text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  if (!/^\d+$/.test(text)) throw invalidValue(`Value ( ${text} ) is not the number of a version.`);
  return Number(text);
}

function newestFirst(template: LaunchTemplate, versions: readonly LaunchTemplateVersion[]): VersionOf[] {
  return [...versions].sort((a, b) => b.number - a.number).map((version) => ({ template, version }));
}

const describeLaunchTemplateVersions = operation<
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult
>({
  accepts: [
    ...['LaunchTemplateId', 'LaunchTemplateName', 'Versions', 'MinVersion', 'MaxVersion'],
    ...['Filters', 'MaxResults', 'NextToken'],
  ],
  run(input, { scope }) {
    if (input.Versions?.length && (input.MinVersion !== undefined || input.MaxVersion !== undefined)) {
      throw invalidCombination('You cannot specify versions together with a range of versions.');
    }
    const all = asked(scope, input);
    const query = { filters: input.Filters, maxResults: input.MaxResults, nextToken: input.NextToken };
    const { items, token } = list(scope, { ...VERSIONS, all: () => all }, query);
    const shapes = items.map(({ template, version }) => versionShape(template, version));
    return { LaunchTemplateVersions: shapes, NextToken: token };
  },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplateVersions.html */
const MAX_DELETED = 200;

/** Why a version stays; undefined if it may go. */
function refusal(template: LaunchTemplate, wanted: string): ResponseError | undefined {
  const version = /^\d+$/.test(wanted) ? findVersion(template, wanted) : undefined;
  if (!version) {
    return { Code: 'launchTemplateVersionDoesNotExist', Message: `The version ${wanted} does not exist.` };
  }
  if (version.number !== template.defaultVersion) return undefined;
  // AWS lists no code for this case
  return { Code: 'unexpectedError', Message: 'You cannot delete the default version of a launch template.' };
}

function named({ id, name }: LaunchTemplate, version: string) {
  const VersionNumber = /^\d+$/.test(version) ? Number(version) : undefined;
  return { LaunchTemplateId: id, LaunchTemplateName: name, VersionNumber };
}

const deleteLaunchTemplateVersions = operation<DeleteLaunchTemplateVersionsRequest, DeleteLaunchTemplateVersionsResult>(
  {
    accepts: ['LaunchTemplateId', 'LaunchTemplateName', 'Versions'],
    authorize: onTemplate,
    run(input, { scope }) {
      const { Versions: wanted = [] } = input;
      const template = requireTemplate(scope, input);
      if (wanted.length > MAX_DELETED) {
        throw invalidValue(`You can delete up to ${String(MAX_DELETED)} versions at a time.`);
      }
      const outcomes = [...new Set(wanted)].map((each) => {
        const error = refusal(template, each);
        if (!error) template.versions.delete(Number(each));
        return { item: named(template, each), error };
      });
      return {
        SuccessfullyDeletedLaunchTemplateVersions: outcomes.filter(({ error }) => !error).map(({ item }) => item),
        UnsuccessfullyDeletedLaunchTemplateVersions: outcomes
          .filter(({ error }) => error)
          .map(({ item, error }) => ({ ...item, ResponseError: error })),
      };
    },
  },
);

export const launchTemplateVersionOperations: Operations = {
  CreateLaunchTemplateVersion: createLaunchTemplateVersion,
  DeleteLaunchTemplateVersions: deleteLaunchTemplateVersions,
  DescribeLaunchTemplateVersions: describeLaunchTemplateVersions,
  GetLaunchTemplateData: getLaunchTemplateData,
};
