import type { InstanceNetworkInterfaceSpecification, RunInstancesRequest } from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import { ApiError } from '../../kernel/api-error';
import { invalidCombination, invalidValue } from './ec2-error';
import { ipv6Request } from './ipv6-request';
import type { LaunchInterface, LaunchRequest } from './launch';
import { requireSubnet } from './subnet';

/** Parameters of RunInstances that only go without `NetworkInterfaces`, and how AWS calls them. */
const TOP_LEVEL = {
  SubnetId: 'subnet IDs',
  SecurityGroupIds: 'security groups',
  PrivateIpAddress: 'a private IP address',
  Ipv6AddressCount: 'IPv6 addresses',
  Ipv6Addresses: 'IPv6 addresses',
  EnablePrimaryIpv6: 'a primary IPv6 address',
} satisfies Partial<Record<keyof RunInstancesRequest, string>>;

/** The interfaces that a RunInstances request describes, at its top level or in `NetworkInterfaces`. */
export function launchInterfaces(scope: Scope, input: RunInstancesRequest): LaunchRequest['interfaces'] {
  const { NetworkInterfaces: specifications = [] } = input;
  if (specifications.length === 0) return [fromTopLevel(scope, input)];
  for (const [name, what] of Object.entries(TOP_LEVEL)) {
    if (!(name in input)) continue;
    throw invalidCombination(
      `Network interfaces and an instance-level ${what} may not be specified on the same request`,
    );
  }
  if (specifications.length > 1 && specifications.some((each) => each.AssociatePublicIpAddress !== undefined)) {
    throw invalidCombination(
      'The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.',
    );
  }
  return inOrder(specifications.map((each) => fromSpecification(scope, each, input)));
}

function fromTopLevel(scope: Scope, input: RunInstancesRequest): LaunchInterface {
  const primaryIpv6 = input.EnablePrimaryIpv6 ?? false;
  return {
    deviceIndex: 0,
    deleteOnTermination: true,
    create: {
      subnetId: placed(scope, input, input.SubnetId),
      groups: input.SecurityGroupIds,
      ipv4: input.PrivateIpAddress,
      ipv6: ipv6Request(input, primaryIpv6),
      primaryIpv6,
    },
  };
}

function fromSpecification(
  scope: Scope,
  wanted: InstanceNetworkInterfaceSpecification,
  input: RunInstancesRequest,
): LaunchInterface {
  const { DeviceIndex: deviceIndex, NetworkInterfaceId: existing } = wanted;
  if (deviceIndex === undefined) {
    throw new ApiError('MissingParameter', 'The network interface must specify a device index.');
  }
  const primaryIpv6 = wanted.PrimaryIpv6 ?? false;
  if (existing !== undefined) {
    expectBare(wanted);
    return { deviceIndex, existing, primaryIpv6 };
  }
  return {
    deviceIndex,
    deleteOnTermination: wanted.DeleteOnTermination ?? true,
    publicIpv4: wanted.AssociatePublicIpAddress,
    create: {
      subnetId: placed(scope, input, wanted.SubnetId),
      groups: wanted.Groups,
      description: wanted.Description,
      ipv4: wanted.PrivateIpAddress,
      ipv6: ipv6Request(wanted, primaryIpv6),
      primaryIpv6,
    },
  };
}

/** An interface that exists already brings its own subnet, groups and addresses along. */
function expectBare(wanted: InstanceNetworkInterfaceSpecification): void {
  const allowed = ['DeviceIndex', 'NetworkInterfaceId', 'PrimaryIpv6'];
  const extra = Object.keys(wanted).find((name) => !allowed.includes(name));
  if (extra === undefined) return;
  throw invalidCombination(`A network interface may not specify a network interface ID and ${extra}`);
}

/** The subnet asked for; AWS would fall back on the default VPC, of which there is none. */
function placed(scope: Scope, { Placement }: RunInstancesRequest, subnetId: string | undefined): string {
  if (subnetId === undefined) {
    throw new ApiError('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
  }
  const { zone } = requireSubnet(scope, subnetId);
  const wanted = Placement?.AvailabilityZone;
  if (wanted === undefined || wanted === zone.name) return subnetId;
  throw invalidValue(`The availability zone '${wanted}' is not the one of the subnet '${subnetId}', ${zone.name}.`);
}

/** AWS wants an interface at device index 0 and no index twice. */
function inOrder(interfaces: readonly LaunchInterface[]): LaunchRequest['interfaces'] {
  const [first, ...others] = [...interfaces].sort((one, other) => one.deviceIndex - other.deviceIndex);
  const indices = new Set(interfaces.map(({ deviceIndex }) => deviceIndex));
  if (first?.deviceIndex !== 0) {
    throw invalidValue('When specifying network interfaces, you must include a device at index 0.');
  }
  if (indices.size < interfaces.length) throw invalidValue('Each network interface requires a unique device index.');
  return [first, ...others];
}
