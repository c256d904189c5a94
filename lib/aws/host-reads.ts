/** What is read of the things that container instances are made from. */
import {
  DescribeImagesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstanceTypesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  type Image,
  type InstanceTypeInfo,
  type LaunchTemplateVersion,
} from '@aws-sdk/client-ec2';
import type { HostSettings, TemplateReference } from '../snapshot/host-resources';
import { describeFiltered } from './ec2-filtered-read';
import { isInstanceNotFound, isLaunchTemplateNotFound, isLaunchTemplateVersionNotFound } from './failure';
import { INSTANCE_TYPE_PAGE, LAUNCH_TEMPLATE_VERSIONS_PER_CALL } from './limits';
import { chunk, describeInBatches, type Batch, type Read } from './read';
import { ipCompatibilityIn } from './user-data';

export interface HostReads {
  describeImages(ids: readonly string[]): Promise<Read<Image>>;
  describeInstanceTypes(names: readonly string[]): Promise<Read<InstanceTypeInfo>>;
  /** Keys of what is missing are template ids. */
  describeTemplateVersions(references: readonly TemplateReference[]): Promise<Read<LaunchTemplateVersion>>;
  /** One call for each instance. */
  describeHostSettings(instanceIds: readonly string[]): Promise<Read<HostSettings>>;
}

type Versions = readonly LaunchTemplateVersion[];

async function pagesOfVersions(client: EC2Client, templateId: string, versions: readonly string[]): Promise<Versions> {
  const found: LaunchTemplateVersion[] = [];
  let NextToken: string | undefined;
  do {
    const input = { LaunchTemplateId: templateId, Versions: [...versions], NextToken };
    const answer = await client.send(new DescribeLaunchTemplateVersionsCommand(input));
    found.push(...(answer.LaunchTemplateVersions ?? []));
    NextToken = answer.NextToken === '' ? undefined : answer.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** One version that is gone fails the call for all of them: then each is asked for by itself. */
async function presentVersions(client: EC2Client, templateId: string, versions: readonly string[]): Promise<Versions> {
  try {
    return await pagesOfVersions(client, templateId, versions);
  } catch (error) {
    if (!isLaunchTemplateVersionNotFound(error)) throw error;
    if (versions.length === 1) return [];
  }
  const each: LaunchTemplateVersion[] = [];
  for (const version of versions) each.push(...(await presentVersions(client, templateId, [version])));
  return each;
}

async function versionsOf(
  client: EC2Client,
  templateId: string,
  versions: readonly string[],
): Promise<Batch<LaunchTemplateVersion>> {
  try {
    const found: LaunchTemplateVersion[] = [];
    for (const some of chunk(versions, LAUNCH_TEMPLATE_VERSIONS_PER_CALL)) {
      found.push(...(await presentVersions(client, templateId, some)));
    }
    return { items: found };
  } catch (error) {
    if (isLaunchTemplateNotFound(error)) return { items: [], missing: [templateId] };
    throw error;
  }
}

async function settingsOf(client: EC2Client, instanceId: string): Promise<Batch<HostSettings>> {
  try {
    const command = new DescribeInstanceAttributeCommand({ InstanceId: instanceId, Attribute: 'userData' });
    const { UserData } = await client.send(command);
    return { items: [{ instanceId, ipCompatibility: ipCompatibilityIn(UserData?.Value ?? '') }] };
  } catch (error) {
    if (isInstanceNotFound(error)) return { items: [], missing: [instanceId] };
    throw error;
  }
}

export function createHostReads(client: EC2Client): HostReads {
  return {
    describeImages: (ids) =>
      describeFiltered<Image>({
        action: 'ec2:DescribeImages',
        filter: 'image-id',
        values: ids,
        keyOf: ({ ImageId }) => ImageId,
        async page(input) {
          // an image that is deprecated still runs
          const answer = await client.send(new DescribeImagesCommand({ ...input, IncludeDeprecated: true }));
          return { items: answer.Images, token: answer.NextToken };
        },
      }),
    describeInstanceTypes: (names) =>
      describeFiltered<InstanceTypeInfo>({
        action: 'ec2:DescribeInstanceTypes',
        filter: 'instance-type',
        values: names,
        pageSize: INSTANCE_TYPE_PAGE,
        keyOf: ({ InstanceType }) => InstanceType,
        async page(input) {
          const answer = await client.send(new DescribeInstanceTypesCommand(input));
          return { items: answer.InstanceTypes, token: answer.NextToken };
        },
      }),
    describeTemplateVersions(references) {
      const wanted = new Map(references.map(({ templateId }) => [templateId, new Set<string>()]));
      for (const { templateId, version } of references) wanted.get(templateId)?.add(version);
      return describeInBatches({
        action: 'ec2:DescribeLaunchTemplateVersions',
        keys: [...wanted.keys()],
        size: 1,
        describe: ([id = '']) => versionsOf(client, id, [...(wanted.get(id) ?? [])]),
      });
    },
    describeHostSettings: (instanceIds) =>
      describeInBatches({
        action: 'ec2:DescribeInstanceAttribute',
        keys: instanceIds,
        size: 1,
        describe: ([id = '']) => settingsOf(client, id),
      }),
  };
}
