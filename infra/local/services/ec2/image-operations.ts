import type { DescribeImagesRequest, DescribeImagesResult, Image as ImageShape } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { idFormat } from './ec2-error';
import type { Image } from './image';
import { findImage, IMAGES } from './image';
import type { Listing } from './listing';
import { checkId, list } from './listing';
import { tagList } from './tag-shape';

const OWNER_ALIAS = 'amazon';

const IMAGE: Kind = {
  notFound: 'InvalidAMIID.NotFound',
  noun: 'image id',
  format: idFormat('ami', 'InvalidAMIID.Malformed'),
};

const IMAGE_LISTING: Listing<Image> = {
  all: () => IMAGES,
  id: ({ id }) => id,
  kind: IMAGE,
  taggable: true,
  pageSize: { min: 1, max: 1000 },
  exclusive: { ids: 'imageIdsSet', maxResults: 'maxResults' },
  filters: {
    'image-id': ({ id }) => id,
    name: ({ name }) => name,
    description: ({ description }) => description,
    architecture: ({ architecture }) => architecture,
    'creation-date': ({ creationDate }) => creationDate,
    hypervisor: () => 'xen',
    'image-type': () => 'machine',
    'is-public': () => true,
    'owner-alias': () => OWNER_ALIAS,
    'owner-id': ({ ownerId }) => ownerId,
    platform: ({ platform }) => (platform === 'windows' ? 'windows' : undefined),
    'root-device-name': ({ rootDevice }) => rootDevice,
    'root-device-type': () => 'ebs',
    state: () => 'available',
    'virtualization-type': () => 'hvm',
  },
};

function imageShape(scope: Scope, image: Image): ImageShape {
  const windows = image.platform === 'windows';
  return {
    ImageId: image.id,
    Name: image.name,
    Description: image.description,
    Architecture: image.architecture,
    CreationDate: image.creationDate,
    ImageLocation: `${OWNER_ALIAS}/${image.name}`,
    ImageOwnerAlias: OWNER_ALIAS,
    ImageType: 'machine',
    OwnerId: image.ownerId,
    Public: true,
    State: 'available',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    EnaSupport: true,
    RootDeviceName: image.rootDevice,
    RootDeviceType: 'ebs',
    Platform: windows ? 'Windows' : undefined,
    PlatformDetails: windows ? 'Windows' : 'Linux/UNIX',
    UsageOperation: windows ? 'RunInstances:0002' : 'RunInstances',
    ImdsSupport: image.name.startsWith('al2023-') ? 'v2.0' : undefined,
    Tags: tagList(scope, image.id),
  };
}

/** `self` owns none of these images; an alias or an account id names the owner. */
function ownedBy({ ownerId }: Image, owners: readonly string[]): boolean {
  return owners.length === 0 || owners.includes(OWNER_ALIAS) || owners.includes(ownerId);
}

const describeImages = operation<DescribeImagesRequest, DescribeImagesResult>({
  // none of these images is deprecated, so asking for such ones too changes nothing
  accepts: ['ImageIds', 'Owners', 'Filters', 'IncludeDeprecated', 'MaxResults', 'NextToken'],
  run({ ImageIds: ids, Owners: owners = [], Filters: filters, MaxResults, NextToken }, { scope }) {
    for (const id of ids ?? []) requireImage(id);
    const listing = { ...IMAGE_LISTING, all: () => IMAGES.filter((image) => ownedBy(image, owners)) };
    const { items, token } = list(scope, listing, { ids, filters, maxResults: MaxResults, nextToken: NextToken });
    return { Images: items.map((image) => imageShape(scope, image)), NextToken: token };
  },
});

/** The image, or `InvalidAMIID.NotFound`. */
export function requireImage(id: string): Image {
  checkId(IMAGE, id);
  const image = findImage(id);
  if (image) return image;
  throw new ApiError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
}

export const imageOperations: Operations = { DescribeImages: describeImages };
