import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { ApiError } from '../../kernel/api-error';
import { invalidValue, missingParameter } from './ec2-error';
import { once } from './idempotency';
import { requireImage } from './image-operations';
import type { Instance } from './instance';
import { metadataOptions } from './instance-metadata-options';
import type { AnyInstanceShape } from './instance-shape';
import { launchedShape } from './instance-shape';
import type { InstanceType } from './instance-type';
import { findInstanceType } from './instance-type';
import { launchInstances } from './launch';
import { mergeTemplate } from './launch-from-template';
import { launchInterfaces } from './launch-interfaces';
import { LAUNCH_PARAMETERS } from './launch-parameters';
import { interfacesOfInstance } from './network-interface';
import type { Tags } from './tag';
import { writeTags } from './tag';
import { tagsFor } from './tag-shape';

/** What AWS launches if no type is given: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html */
const DEFAULT_TYPE = 'm1.small';

export interface Reservation {
  readonly ReservationId: string;
  readonly OwnerId: string;
  readonly Groups: [];
  readonly Instances: readonly AnyInstanceShape[];
}

const launchOnce = once<readonly Instance[]>();

export const runInstances = operation<RunInstancesRequest, Reservation>({
  accepts: [
    ...LAUNCH_PARAMETERS,
    ...['MinCount', 'MaxCount', 'ClientToken', 'SubnetId', 'PrivateIpAddress'],
    ...['Ipv6AddressCount', 'Ipv6Addresses.Ipv6Address', 'EnablePrimaryIpv6', 'LaunchTemplate'],
  ],
  run(input, { scope }) {
    const launched = launchOnce(scope, input, () => launch(scope, input));
    return {
      ReservationId: launched[0]?.reservationId ?? '',
      OwnerId: scope.account,
      Groups: [],
      Instances: launched.map((instance) => launchedShape(scope, instance)),
    };
  },
});

/**
 * Launches as RunInstances does.
 * @param moreTags what a service of AWS tags the instances with
 * @throws ApiError with EC2's code
 */
export function launch(scope: Scope, asked: RunInstancesRequest, moreTags: Tags = new Map()): readonly Instance[] {
  const { request: input, systemTags } = mergeTemplate(scope, asked);
  if (input.ImageId === undefined) throw missingParameter('ImageId');
  const tags = specifiedTags(input);
  const launched = launchInstances(scope, {
    image: requireImage(input.ImageId),
    type: instanceType(input.InstanceType ?? DEFAULT_TYPE),
    ...counts(input),
    interfaces: launchInterfaces(scope, input),
    clientToken: input.ClientToken,
    userData: input.UserData,
    instanceProfile: instanceProfile(scope, input),
    metadataOptions: input.MetadataOptions && metadataOptions(input.MetadataOptions),
    monitoring: input.Monitoring?.Enabled,
    tags: new Map([...tags.instance, ...systemTags, ...moreTags]),
  });
  for (const { id, rootVolumeId } of launched) {
    writeTags(scope, rootVolumeId, tags.volume);
    for (const each of interfacesOfInstance(scope, id)) writeTags(scope, each.id, tags.networkInterface);
  }
  return launched;
}

function specifiedTags({ TagSpecifications: specifications }: RunInstancesRequest) {
  const creates = ['instance', 'network-interface', 'volume'] as const;
  return {
    instance: tagsFor('instance', specifications, creates),
    networkInterface: tagsFor('network-interface', specifications, creates),
    volume: tagsFor('volume', specifications, creates),
  };
}

function instanceType(name: string): InstanceType {
  const type = findInstanceType(name);
  if (type) return type;
  throw invalidValue(`Invalid value '${name}' for InstanceType.`);
}

function counts({ MinCount = 0, MaxCount = 0 }: RunInstancesRequest): { minCount: number; maxCount: number } {
  if (MinCount < 1 || MaxCount < MinCount) {
    throw invalidValue(
      `Invalid value '${String(MinCount)}' for minCount. Expecting 1 to maxCount (${String(MaxCount)}).`,
    );
  }
  return { minCount: MinCount, maxCount: MaxCount };
}

/** By name or ARN, as the caller likes; the local account has no list of profiles to check against. */
function instanceProfile(scope: Scope, { IamInstanceProfile: profile }: RunInstancesRequest) {
  if (!profile) return undefined;
  if (profile.Name !== undefined && profile.Arn !== undefined) {
    throw new ApiError(
      'InvalidParameterCombination',
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    );
  }
  const byName = arn({ ...scope, region: '' }, 'iam', `instance-profile/${profile.Name ?? ''}`);
  return { arn: profile.Arn ?? byName, id: `AIPA${scope.ids.hex(16).toUpperCase()}` };
}
