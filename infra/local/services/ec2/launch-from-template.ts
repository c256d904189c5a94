/** RunInstances with a launch template: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/launch-instances-from-launch-template.html */
import type { RunInstancesRequest, TagSpecification } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import { requireTemplate, requireVersion } from './launch-template';
import type { Tags } from './tag';

export interface MergedLaunch {
  /** Without a template any more. */
  readonly request: RunInstancesRequest;
  /** What EC2 itself tags the instance with, in the user's stead. */
  readonly systemTags: Tags;
}

/**
 * What the request says takes the place of what the template says, parameter by parameter; tags and metadata options
 * one by one, which AWS does not document.
 */
export function mergeTemplate(scope: Scope, input: RunInstancesRequest): MergedLaunch {
  const { LaunchTemplate: reference, ...request } = input;
  if (!reference) return { request, systemTags: new Map() };
  const template = requireTemplate(scope, reference);
  const { number, content } = requireVersion(template, reference.Version);
  // no template here has secondary interfaces: the two requests spell theirs differently
  const { TagSpecifications, MetadataOptions, Monitoring, SecondaryInterfaces: _, ...rest } = content;
  const tags = mergeTags(TagSpecifications, input.TagSpecifications);
  const metadata = { ...MetadataOptions, ...input.MetadataOptions };
  return {
    request: {
      ...rest,
      ...(Monitoring && { Monitoring: { Enabled: Monitoring.Enabled } }),
      ...request,
      ...(tags.length > 0 && { TagSpecifications: tags }),
      ...(Object.keys(metadata).length > 0 && { MetadataOptions: metadata }),
    },
    systemTags: new Map([
      ['aws:ec2launchtemplate:id', template.id],
      ['aws:ec2launchtemplate:version', String(number)],
    ]),
  };
}

/** By type of resource and key; the request's value wins. */
function mergeTags(below: readonly TagSpecification[] = [], above: readonly TagSpecification[] = []) {
  const types = new Set([...below, ...above].map(({ ResourceType }) => ResourceType));
  const tagsIn = (specifications: readonly TagSpecification[], type: TagSpecification['ResourceType']) =>
    specifications.filter(({ ResourceType }) => ResourceType === type).flatMap(({ Tags = [] }) => Tags);
  return [...types].map((ResourceType): TagSpecification => {
    const wins = tagsIn(above, ResourceType);
    const kept = tagsIn(below, ResourceType).filter(({ Key }) => !wins.some((tag) => tag.Key === Key));
    return { ResourceType, Tags: [...kept, ...wins] };
  });
}
