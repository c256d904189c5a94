import type { DescribeInstanceTypesRequest, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Kind } from './ec2-error';
import type { InstanceType } from './instance-type';
import { findInstanceType, INSTANCE_TYPES } from './instance-type';
import type { Listing } from './listing';
import { list } from './listing';

const INSTANCE_TYPE: Kind = { notFound: 'InvalidInstanceType', noun: 'instance type' };

/** AWS never answers more than 100 at once, asked or not. */
const PAGE_SIZE = { min: 5, max: 100 };

const TYPES: Listing<InstanceType> = {
  all: () => INSTANCE_TYPES,
  id: ({ name }) => name,
  kind: INSTANCE_TYPE,
  taggable: false,
  pageSize: PAGE_SIZE,
  filters: {
    'instance-type': ({ name }) => name,
    hypervisor: ({ hypervisor }) => hypervisor,
    'current-generation': ({ currentGeneration }) => currentGeneration,
    'bare-metal': () => false,
    'burstable-performance-supported': ({ burstable }) => burstable,
    'processor-info.supported-architecture': ({ architecture }) => architecture,
    'network-info.ipv6-supported': ({ ipv6Supported }) => ipv6Supported,
    'network-info.maximum-network-interfaces': ({ maxInterfaces }) => maxInterfaces,
    'network-info.ipv4-addresses-per-interface': ({ addressesPerInterface }) => addressesPerInterface,
    'network-info.ipv6-addresses-per-interface': (type) => ipv6Addresses(type),
    'vcpu-info.default-vcpus': ({ vcpus }) => vcpus,
    'memory-info.size-in-mib': ({ memoryMib }) => memoryMib,
  },
};

function ipv6Addresses({ ipv6Supported, addressesPerInterface }: InstanceType): number {
  return ipv6Supported ? addressesPerInterface : 0;
}

/** Without the name, which the SDK types as one of a thousand literals. */
interface AnyTypeShape extends Omit<InstanceTypeInfo, 'InstanceType'> {
  readonly InstanceType: string;
}

function typeShape(type: InstanceType): AnyTypeShape {
  return {
    InstanceType: type.name,
    CurrentGeneration: type.currentGeneration,
    BareMetal: false,
    Hypervisor: type.hypervisor,
    BurstablePerformanceSupported: type.burstable,
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    ProcessorInfo: { SupportedArchitectures: [type.architecture] },
    VCpuInfo: { DefaultVCpus: type.vcpus },
    MemoryInfo: { SizeInMiB: type.memoryMib },
    NetworkInfo: {
      MaximumNetworkInterfaces: type.maxInterfaces,
      MaximumNetworkCards: 1,
      DefaultNetworkCardIndex: 0,
      Ipv4AddressesPerInterface: type.addressesPerInterface,
      Ipv6AddressesPerInterface: ipv6Addresses(type),
      Ipv6Supported: type.ipv6Supported,
      EnaSupport: type.hypervisor === 'nitro' ? 'required' : 'unsupported',
    },
  };
}

interface TypePage {
  readonly InstanceTypes: readonly AnyTypeShape[];
  readonly NextToken: string | undefined;
}

const describeInstanceTypes = operation<DescribeInstanceTypesRequest, TypePage>({
  accepts: ['InstanceTypes', 'Filters', 'MaxResults', 'NextToken'],
  run({ InstanceTypes = [], Filters: filters, MaxResults, NextToken: nextToken }, { scope }) {
    const ids = InstanceTypes.map(String);
    const unknown = ids.filter((name) => !findInstanceType(name));
    if (unknown.length > 0) {
      const message = `The following supplied instance types do not exist: [${unknown.join(', ')}]`;
      throw new ApiError('InvalidInstanceType', message);
    }
    const { items, token } = list(scope, TYPES, { ids, filters, maxResults: MaxResults ?? PAGE_SIZE.max, nextToken });
    return { InstanceTypes: items.map(typeShape), NextToken: token };
  },
});

export const instanceTypeOperations: Operations = { DescribeInstanceTypes: describeInstanceTypes };
