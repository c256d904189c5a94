import type {
  GetLaunchTemplateDataRequest,
  LaunchTemplateInstanceNetworkInterfaceSpecification,
  ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import type { Instance } from './instance';
import { INSTANCE, requireInstances } from './instance';
import { checkId } from './listing';
import type { NetworkInterface } from './network-interface';
import { interfacesOfInstance } from './network-interface';
import { tagList } from './tag-shape';

/** What a template would have to say to get an instance like this one: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetLaunchTemplateData.html */
export const getLaunchTemplateData = operation<
  GetLaunchTemplateDataRequest,
  { LaunchTemplateData: Content | undefined }
>({
  accepts: ['InstanceId'],
  run({ InstanceId = '' }, { scope }) {
    checkId(INSTANCE, InstanceId);
    const [instance] = requireInstances(scope, [InstanceId]);
    return { LaunchTemplateData: instance && dataOf(scope, instance) };
  },
});

/** The SDK knows the types that there were when it was made. */
type Content = Omit<ResponseLaunchTemplateData, 'InstanceType'> & { readonly InstanceType: string };

function dataOf(scope: Scope, instance: Instance): Content {
  const { image, type, zone, instanceProfile, metadataOptions: metadata } = instance;
  const tags = tagList(scope, instance.id) ?? [];
  return {
    ImageId: image.id,
    InstanceType: type.name,
    UserData: instance.userData,
    IamInstanceProfile: instanceProfile && { Arn: instanceProfile.arn },
    Monitoring: { Enabled: instance.monitoring },
    EbsOptimized: false,
    Placement: { AvailabilityZone: zone.name, GroupName: '', Tenancy: 'default' },
    BlockDeviceMappings: [{ DeviceName: image.rootDevice, Ebs: { DeleteOnTermination: true } }],
    MetadataOptions: {
      HttpTokens: metadata.httpTokens,
      HttpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
      HttpEndpoint: metadata.httpEndpoint,
      HttpProtocolIpv6: metadata.httpProtocolIpv6,
      InstanceMetadataTags: metadata.instanceMetadataTags,
    },
    NetworkInterfaces: interfacesOfInstance(scope, instance.id).map(interfaceOf),
    // Tags of services cannot be given by a template.
    TagSpecifications: specification(tags.filter(({ Key = '' }) => !Key.startsWith('aws:'))),
  };
}

function specification(tags: readonly { readonly Key?: string; readonly Value?: string }[]) {
  return tags.length > 0 ? [{ ResourceType: 'instance' as const, Tags: [...tags] }] : undefined;
}

function interfaceOf(from: NetworkInterface): LaunchTemplateInstanceNetworkInterfaceSpecification {
  return {
    DeviceIndex: from.attachment?.deviceIndex,
    DeleteOnTermination: from.attachment?.deleteOnTermination,
    Description: from.description,
    Groups: [...from.groups],
    NetworkInterfaceId: from.id,
    PrivateIpAddress: from.ipv4[0],
    PrivateIpAddresses: from.ipv4.map((PrivateIpAddress, index) => ({ Primary: index === 0, PrivateIpAddress })),
    Ipv6Addresses: from.ipv6.map(({ address: Ipv6Address }) => ({ Ipv6Address })),
    PrimaryIpv6: from.ipv6.some(({ isPrimary }) => isPrimary),
    SubnetId: from.subnetId,
  };
}
