import { ApiError } from '../../kernel/api-error';
import { invalidValue } from './ec2-error';
import { refuseXen } from './instance-metadata-options';
import type { LaunchInterface, LaunchRequest } from './launch';
import type { Ipv6Request } from './network-interface-lifecycle';
import type { Subnet } from './subnet';

/** Whether image and instance type go together. */
export function checkPlatform({ image, type, metadataOptions }: LaunchRequest): void {
  if (image.architecture !== type.architecture) {
    throw invalidValue(
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture ` +
        `'${image.architecture}' of the specified AMI.`,
    );
  }
  refuseXen(type, metadataOptions ?? {});
}

/** Whether the instance type can carry the interfaces in this subnet. */
export function checkFit({ type, interfaces }: LaunchRequest, subnet: Subnet): void {
  if (subnet.ipv6Native && type.hypervisor !== 'nitro') {
    // https://docs.aws.amazon.com/vpc/latest/userguide/create-subnets.html
    throw new ApiError(
      'UnsupportedOperation',
      `The instance type '${type.name}' cannot be launched in an IPv6-only subnet: it is not built on the Nitro System.`,
    );
  }
  if (interfaces.length > type.maxInterfaces) {
    throw new ApiError(
      'AttachmentLimitExceeded',
      `Interface count ${String(interfaces.length)} exceeds the limit for ${type.name}`,
    );
  }
  const ipv6 = Math.max(...interfaces.map((each) => ipv6Count(each, subnet)));
  if (ipv6 > 0 && !type.ipv6Supported) {
    throw new ApiError('UnsupportedOperation', `IPv6 addresses are not supported on ${type.name}`);
  }
  if (ipv6 > type.addressesPerInterface) {
    throw invalidValue(
      `Number of IPv6 addresses ${String(ipv6)} exceeds the limit of ${String(type.addressesPerInterface)} for ${type.name}`,
    );
  }
}

function ipv6Count(wanted: LaunchInterface, subnet: Subnet): number {
  if ('existing' in wanted) return 0;
  if (wanted.create.ipv6) return requested(wanted.create.ipv6);
  return subnet.ipv6Native || subnet.assignIpv6OnCreation ? 1 : 0;
}

function requested(ipv6: Ipv6Request): number {
  if ('count' in ipv6) return ipv6.count;
  return 'addresses' in ipv6 ? ipv6.addresses.length : ipv6.prefixCount;
}
