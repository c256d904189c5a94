import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import type { Image } from './image';
import type { Instance, MetadataOptions } from './instance';
import { addInstance, dropInstance } from './instance';
import { boot } from './instance-lifecycle';
import type { InstanceType } from './instance-type';
import { checkFit, checkPlatform } from './launch-check';
import type { NetworkInterface } from './network-interface';
import { detach, interfacesOfInstance, requireNetworkInterface } from './network-interface';
import type { NetworkInterfaceRequest } from './network-interface-lifecycle';
import {
  attachNetworkInterface,
  createNetworkInterface,
  enablePrimaryIpv6,
  releaseNetworkInterface,
} from './network-interface-lifecycle';
import { privateDnsName } from './private-dns';
import { resourceId } from './resource-id';
import type { Subnet } from './subnet';
import { requireSubnet } from './subnet';
import type { Tags } from './tag';
import { dropTags, writeTags } from './tag';

/** An interface that the instance starts with: an existing one, or one made for it. */
export type LaunchInterface =
  | { readonly deviceIndex: number; readonly existing: string; readonly primaryIpv6: boolean }
  | {
      readonly deviceIndex: number;
      readonly create: NetworkInterfaceRequest;
      readonly deleteOnTermination: boolean;
      /** As the subnet says if absent. */
      readonly publicIpv4?: boolean;
    };

export interface LaunchRequest {
  readonly image: Image;
  readonly type: InstanceType;
  readonly minCount: number;
  readonly maxCount: number;
  /** In order of device index, 0 first. */
  readonly interfaces: readonly [LaunchInterface, ...LaunchInterface[]];
  readonly clientToken?: string;
  readonly userData?: string;
  readonly instanceProfile?: { readonly arn: string; readonly id: string };
  readonly metadataOptions?: Partial<MetadataOptions>;
  readonly monitoring?: boolean;
  readonly tags?: Tags;
  /** The AWS service that manages the instances, e.g. `ecs.amazonaws.com`; absent for instances of the account's own. */
  readonly operator?: string;
}

/** What AWS sets where neither request nor image says otherwise. */
const METADATA_DEFAULTS: MetadataOptions = {
  httpTokens: 'optional',
  httpPutResponseHopLimit: 1,
  httpEndpoint: 'enabled',
  httpProtocolIpv6: 'disabled',
  instanceMetadataTags: 'disabled',
};
/** Amazon Linux 2023 images carry `ImdsSupport: v2.0`. */
const AL2023_METADATA: Partial<MetadataOptions> = { httpTokens: 'required', httpPutResponseHopLimit: 2 };

/**
 * Launches between `minCount` and `maxCount` instances, as many as there are addresses for; all or none below
 * `minCount`.
 * @throws ApiError with EC2's code
 */
export function launchInstances(scope: Scope, request: LaunchRequest): readonly Instance[] {
  const subnet = subnetOf(scope, request.interfaces[0]);
  checkPlatform(request);
  checkFit(request, subnet);
  const reservationId = resourceId(scope, 'r');
  const launched: Instance[] = [];
  while (launched.length < request.maxCount) {
    try {
      launched.push(build(scope, request, { reservationId, launchIndex: launched.length, subnet }));
    } catch (error) {
      if (isFull(error) && launched.length >= request.minCount) break;
      for (const instance of launched) unbuild(scope, instance);
      throw error;
    }
  }
  for (const instance of launched) boot(scope, instance);
  return launched;
}

interface Slot {
  readonly reservationId: string;
  readonly launchIndex: number;
  readonly subnet: Subnet;
}

function build(scope: Scope, request: LaunchRequest, { reservationId, launchIndex, subnet }: Slot): Instance {
  const id = resourceId(scope, 'i');
  const [primary] = plug(scope, id, request.interfaces);
  const now = scope.clock.now();
  const instance: Instance = {
    id,
    reservationId,
    launchIndex,
    image: request.image,
    type: request.type,
    subnetId: subnet.id,
    vpcId: subnet.vpcId,
    zone: subnet.zone,
    clientToken: request.clientToken ?? '',
    userData: request.userData,
    instanceProfile: request.instanceProfile,
    metadataOptions: { ...METADATA_DEFAULTS, ...imageMetadata(request.image), ...request.metadataOptions },
    monitoring: request.monitoring ?? false,
    operator: request.operator,
    rootVolumeId: resourceId(scope, 'vol'),
    privateDnsName: privateDnsName(scope, subnet, { instanceId: id, ipv4: primary?.ipv4[0] }),
    hostnameType: subnet.hostnameType,
    resourceNameA: subnet.resourceNameA,
    resourceNameAaaa: subnet.resourceNameAaaa,
    publicIpv4OnStart: wantsPublicIpv4(request.interfaces, subnet),
    launchTime: now,
    state: 'pending',
    stateSince: now,
    stateReason: undefined,
    stateTransitionReason: '',
  };
  addInstance(scope, instance);
  if (request.tags) writeTags(scope, id, request.tags);
  return instance;
}

/** The subnet's wish holds for an instance with one interface only. */
function wantsPublicIpv4([first, ...others]: LaunchRequest['interfaces'], subnet: Subnet): boolean {
  if ('existing' in first) return false;
  return first.publicIpv4 ?? (subnet.mapPublicIpOnLaunch && others.length === 0);
}

/** Makes and attaches the interfaces; if one fails, those before it are undone. */
function plug(scope: Scope, instanceId: string, wanted: readonly LaunchInterface[]): readonly NetworkInterface[] {
  try {
    return wanted.map((each) => plugOne(scope, instanceId, each));
  } catch (error) {
    unplug(scope, instanceId);
    throw error;
  }
}

function plugOne(scope: Scope, instanceId: string, wanted: LaunchInterface): NetworkInterface {
  const existing = 'existing' in wanted;
  const networkInterface = existing ? unattached(scope, wanted.existing) : createNetworkInterface(scope, wanted.create);
  if (existing && wanted.primaryIpv6) enablePrimaryIpv6(networkInterface.ipv6);
  attachNetworkInterface(scope, networkInterface, {
    instanceId,
    deviceIndex: wanted.deviceIndex,
    deleteOnTermination: !existing && wanted.deleteOnTermination,
    status: 'attaching',
  });
  return networkInterface;
}

function unattached(scope: Scope, id: string): NetworkInterface {
  const networkInterface = requireNetworkInterface(scope, id);
  if (!networkInterface.attachment) return networkInterface;
  throw new ApiError('InvalidNetworkInterface.InUse', `Interface: [${id}] in use.`);
}

function unbuild(scope: Scope, instance: Instance): void {
  unplug(scope, instance.id);
  dropTags(scope, instance.id);
  dropInstance(scope, instance.id);
}

function unplug(scope: Scope, instanceId: string): void {
  for (const networkInterface of interfacesOfInstance(scope, instanceId)) {
    if (networkInterface.attachment?.deleteOnTermination) releaseNetworkInterface(scope, networkInterface);
    else detach(scope, networkInterface);
  }
}

function subnetOf(scope: Scope, first: LaunchInterface): Subnet {
  const id = 'existing' in first ? requireNetworkInterface(scope, first.existing).subnetId : first.create.subnetId;
  return requireSubnet(scope, id);
}

function imageMetadata(image: Image): Partial<MetadataOptions> {
  return image.name.startsWith('al2023-') ? AL2023_METADATA : {};
}

function isFull(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'InsufficientFreeAddressesInSubnet';
}
