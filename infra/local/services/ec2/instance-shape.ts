import type { Instance as InstanceShape, InstanceState } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import type { Instance } from './instance';
import { STATE_CODES } from './instance';
import type { NetworkInterface } from './network-interface';
import { metadataShape } from './instance-metadata-options';
import { interfacesOfInstance } from './network-interface';
import { groupIdentifiers, instanceInterfaceShape } from './network-interface-shape';
import { publicDnsName } from './private-dns';
import { tagList } from './tag-shape';
import { findVpc } from './vpc';

/** The SDK types the type's name as one of a thousand literals, and spells Windows otherwise than EC2 does. */
export interface AnyInstanceShape extends Omit<InstanceShape, 'InstanceType' | 'Platform'> {
  readonly InstanceType: string;
  readonly Platform: 'windows' | undefined;
}

export function stateShape(name: Instance['state']): InstanceState {
  return { Code: STATE_CODES[name], Name: name };
}

/** As DescribeInstances shows it. */
export function instanceShape(scope: Scope, instance: Instance): AnyInstanceShape {
  const interfaces = interfacesOfInstance(scope, instance.id);
  return {
    ...identity(scope, instance),
    ...hardware(instance),
    ...network(scope, instance, interfaces),
    Ipv6Address: interfaces[0]?.ipv6[0]?.address,
  };
}

/** As RunInstances answers: volumes and the instance-level `Ipv6Address` are not there yet. */
export function launchedShape(scope: Scope, instance: Instance): AnyInstanceShape {
  const { Ipv6Address: _, ...shape } = instanceShape(scope, instance);
  return { ...shape, BlockDeviceMappings: [], MetadataOptions: metadataShape(instance, 'pending') };
}

function identity(scope: Scope, instance: Instance) {
  const { stateReason } = instance;
  return {
    InstanceId: instance.id,
    ImageId: instance.image.id,
    AmiLaunchIndex: instance.launchIndex,
    ClientToken: instance.clientToken,
    LaunchTime: instance.launchTime,
    State: stateShape(instance.state),
    StateReason: stateReason && { Code: stateReason.code, Message: stateReason.message },
    StateTransitionReason: instance.stateTransitionReason,
    Tags: tagList(scope, instance.id),
    Operator: instance.operator === undefined ? undefined : { Managed: true, Principal: instance.operator },
    IamInstanceProfile: instance.instanceProfile && {
      Arn: instance.instanceProfile.arn,
      Id: instance.instanceProfile.id,
    },
  };
}

function hardware(instance: Instance) {
  const windows = instance.image.platform === 'windows';
  return {
    InstanceType: instance.type.name,
    Architecture: instance.image.architecture,
    // Nitro answers xen too: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html
    Hypervisor: 'xen' as const,
    VirtualizationType: 'hvm' as const,
    Platform: windows ? ('windows' as const) : undefined,
    PlatformDetails: windows ? 'Windows' : 'Linux/UNIX',
    UsageOperation: windows ? 'RunInstances:0002' : 'RunInstances',
    UsageOperationUpdateTime: instance.launchTime,
    Monitoring: { State: instance.monitoring ? ('enabled' as const) : ('disabled' as const) },
    MetadataOptions: metadataShape(instance, 'applied'),
    RootDeviceName: instance.image.rootDevice,
    RootDeviceType: 'ebs' as const,
    BlockDeviceMappings: volumes(instance),
    EnaSupport: true,
    EbsOptimized: false,
    CpuOptions: { CoreCount: Math.max(1, instance.type.vcpus / 2), ThreadsPerCore: instance.type.vcpus > 1 ? 2 : 1 },
    CapacityReservationSpecification: { CapacityReservationPreference: 'open' as const },
    HibernationOptions: { Configured: false },
    EnclaveOptions: { Enabled: false },
    MaintenanceOptions: { AutoRecovery: 'default' as const },
    ProductCodes: [],
  };
}

function network(scope: Scope, instance: Instance, interfaces: readonly NetworkInterface[]) {
  const [primary] = interfaces;
  const publicIpv4 = primary?.publicIpv4;
  return {
    ...place(instance),
    PrivateIpAddress: primary?.ipv4[0],
    PublicIpAddress: publicIpv4,
    PublicDnsName: publicIpv4 && findVpc(scope, instance.vpcId)?.dnsHostnames ? publicDnsName(scope, publicIpv4) : '',
    SecurityGroups: primary ? groupIdentifiers(scope, primary.groups) : [],
    SourceDestCheck: primary?.sourceDestCheck,
    NetworkInterfaces: interfaces.map((each) => instanceInterfaceShape(scope, each)),
  };
}

/** A terminated instance has lost its place in the network. */
function place(instance: Instance) {
  const Placement = { AvailabilityZone: instance.zone.name, GroupName: '', Tenancy: 'default' as const };
  if (instance.state === 'terminated') return { Placement, PrivateDnsName: '' };
  return {
    Placement,
    VpcId: instance.vpcId,
    SubnetId: instance.subnetId,
    PrivateDnsName: instance.privateDnsName,
    PrivateDnsNameOptions: {
      HostnameType: instance.hostnameType,
      EnableResourceNameDnsARecord: instance.resourceNameA,
      EnableResourceNameDnsAAAARecord: instance.resourceNameAaaa,
    },
  };
}

function volumes({ image, rootVolumeId, launchTime, state }: Instance) {
  if (state === 'terminated') return [];
  const attached = {
    VolumeId: rootVolumeId,
    Status: 'attached' as const,
    AttachTime: launchTime,
    DeleteOnTermination: true,
  };
  return [{ DeviceName: image.rootDevice, Ebs: attached }];
}
