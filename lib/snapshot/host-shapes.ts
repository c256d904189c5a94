/** What EC2 and Auto Scaling answer about what hosts are made from, in our own terms. */
import type * as autoscaling from '@aws-sdk/client-auto-scaling';
import type * as ec2 from '@aws-sdk/client-ec2';
import type * as ecs from '@aws-sdk/client-ecs';
import { formatArn } from '../trigger/arn';
import type { Place } from './ec2-shapes';
import type {
  AutoScalingGroup,
  CapacityProvider,
  Image,
  InstanceType,
  LaunchTemplate,
  TemplateReference,
  TemplateVersion,
} from './host-resources';
import { distinct, stated } from './pick';

const DEFAULT_VERSION = '$Default';
const LATEST_VERSION = '$Latest';

export function toImage({ ImageId: id = '', Name, ImageOwnerAlias }: ec2.Image): Image {
  return { id, name: stated(Name), ownerAlias: stated(ImageOwnerAlias) };
}

export function toInstanceType(type: ec2.InstanceTypeInfo): InstanceType {
  return {
    name: type.InstanceType ?? '',
    hypervisor: type.Hypervisor,
    bareMetal: type.BareMetal ?? false,
    ipv6Supported: type.NetworkInfo?.Ipv6Supported,
    architectures: type.ProcessorInfo?.SupportedArchitectures ?? [],
    vcpus: type.VCpuInfo?.DefaultVCpus,
  };
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateSpecification.html */
function toReference(named: autoscaling.LaunchTemplateSpecification | undefined): readonly TemplateReference[] {
  const { LaunchTemplateId: templateId, Version = DEFAULT_VERSION } = named ?? {};
  return templateId === undefined ? [] : [{ templateId, version: Version }];
}

/** `web` of `arn:aws:autoscaling:...:autoScalingGroup:...:autoScalingGroupName/web`, or the name itself. */
function groupNameIn(named: string | undefined): string | undefined {
  const [, name = named] = (named ?? '').split('autoScalingGroupName/');
  return stated(name);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AutoScalingGroupProvider.html */
export function toCapacityProvider({ name = '', autoScalingGroupProvider }: ecs.CapacityProvider): CapacityProvider {
  return { name, autoScalingGroup: groupNameIn(autoScalingGroupProvider?.autoScalingGroupArn) };
}

/** The template of the group, or those of its mixed instances policy. */
export function toAutoScalingGroup(group: autoscaling.AutoScalingGroup): AutoScalingGroup {
  const mixed = group.MixedInstancesPolicy?.LaunchTemplate;
  const named = [
    group.LaunchTemplate,
    mixed?.LaunchTemplateSpecification,
    ...(mixed?.Overrides ?? []).map(({ LaunchTemplateSpecification }) => LaunchTemplateSpecification),
  ].flatMap(toReference);
  const byText = new Map(named.map((one) => [`${one.templateId} ${one.version}`, one]));
  return {
    name: group.AutoScalingGroupName ?? '',
    arn: group.AutoScalingGroupARN ?? '',
    templates: [...byText.values()],
    isMixed: mixed !== undefined,
    launchConfiguration: stated(group.LaunchConfigurationName),
    subnetIds: distinct((group.VPCZoneIdentifier ?? '').split(',').map((id) => stated(id.trim()))),
  };
}

function toVersion({ VersionNumber = 0, LaunchTemplateData }: ec2.LaunchTemplateVersion): TemplateVersion {
  const interfaces = LaunchTemplateData?.NetworkInterfaces ?? [];
  const primary = interfaces.find(({ DeviceIndex = 0 }) => DeviceIndex === 0);
  return {
    number: VersionNumber,
    hasPrimaryInterface: primary !== undefined,
    primaryIpv6: primary?.PrimaryIpv6 ?? false,
  };
}

/** The one of `versions` that is meant; all that were asked for are there, so the latest of all is if it was asked for. */
function meant(versions: readonly ec2.LaunchTemplateVersion[], wanted: string): ec2.LaunchTemplateVersion | undefined {
  if (wanted === DEFAULT_VERSION) return versions.find(({ DefaultVersion }) => DefaultVersion);
  if (wanted !== LATEST_VERSION) return versions.find(({ VersionNumber }) => String(VersionNumber) === wanted);
  const latest = Math.max(...versions.map(({ VersionNumber = 0 }) => VersionNumber));
  return versions.find(({ VersionNumber }) => VersionNumber === latest);
}

/** @param versions all that were read of the template; @param wanted how groups name theirs */
export function toLaunchTemplate(
  versions: readonly ec2.LaunchTemplateVersion[],
  wanted: readonly string[],
  { partition, region, account }: Place,
): LaunchTemplate {
  const [first] = versions;
  const id = first?.LaunchTemplateId ?? '';
  const found = distinct(wanted).flatMap((text) => {
    const version = meant(versions, text);
    return version ? [[text, toVersion(version)] as const] : [];
  });
  return {
    id,
    arn: formatArn({ partition, service: 'ec2', region, account, resource: `launch-template/${id}` }),
    name: first?.LaunchTemplateName ?? id,
    isConfiguration: false,
    versions: new Map(found),
  };
}

/** Nothing of a launch configuration can be set to give its instances a primary IPv6 address: it has no such member. */
export function toConfiguration({ arn, launchConfiguration = '' }: AutoScalingGroup): LaunchTemplate {
  return { id: arn, arn, name: launchConfiguration, isConfiguration: true, versions: new Map() };
}
