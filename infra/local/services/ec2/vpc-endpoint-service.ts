/**
 * The services of AWS that endpoints lead to: those from which IPv6-only tasks pull their images. That ECR's take IPv6
 * is what its own page says: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
import type { Scope } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import type { Listing } from './listing';
import { zonesOf } from './zone';
import type { ServiceDetail } from '@aws-sdk/client-ec2';

export interface EndpointService {
  /** e.g. `com.amazonaws.eu-west-2.ecr.api` */
  readonly name: string;
  readonly type: 'Gateway' | 'Interface';
  /** `vpce-svc-...` */
  readonly id: string;
  readonly addressTypes: readonly ('ipv4' | 'ipv6')[];
  /** Names that private DNS answers for; the first is the service's own. */
  readonly privateDnsNames: readonly string[];
}

export const ENDPOINT_SERVICE: Kind = { notFound: 'InvalidServiceName', noun: 'Vpc Endpoint Service' };

const BOTH = ['ipv4', 'ipv6'] as const;

export function endpointServices({ region }: Scope): readonly EndpointService[] {
  const service = (type: EndpointService['type'], name: string, hosts: readonly string[]) => ({
    name: `com.amazonaws.${region}.${name}`,
    type,
    id: `vpce-svc-${Buffer.from(`${name}/${type}`).toString('hex').padStart(17, '0').slice(0, 17)}`,
    addressTypes: BOTH,
    privateDnsNames: hosts.map((host) => host.replace('REGION', region)),
  });
  return [
    service('Gateway', 's3', []),
    service('Interface', 's3', ['s3.REGION.amazonaws.com', '*.s3.REGION.amazonaws.com']),
    service('Interface', 'ecr.api', ['api.ecr.REGION.amazonaws.com', 'ecr.REGION.api.aws']),
    service('Interface', 'ecr.dkr', ['*.dkr.ecr.REGION.amazonaws.com', '*.dkr-ecr.REGION.on.aws']),
  ];
}

export const ENDPOINT_SERVICES: Listing<EndpointService> = {
  all: endpointServices,
  id: ({ name }) => name,
  kind: ENDPOINT_SERVICE,
  taggable: false,
  pageSize: { min: 1, max: 1_000 },
  filters: {
    owner: () => 'amazon',
    'service-name': ({ name }) => name,
    'service-region': (_, { region }) => region,
    'service-type': ({ type }) => type,
    'supported-ip-address-types': ({ addressTypes }) => addressTypes,
  },
};

export function serviceShape(scope: Scope, service: EndpointService): ServiceDetail {
  const [own] = service.privateDnsNames;
  return {
    ServiceName: service.name,
    ServiceId: service.id,
    ServiceType: [{ ServiceType: service.type }],
    ServiceRegion: scope.region,
    AvailabilityZones: zonesOf(scope).map(({ name }) => name),
    AvailabilityZoneIds: zonesOf(scope).map(({ id }) => id),
    Owner: 'amazon',
    BaseEndpointDnsNames: [
      `${service.name.split('.').slice(3).reverse().join('.')}.${scope.region}.vpce.amazonaws.com`,
    ],
    PrivateDnsName: own,
    PrivateDnsNames: own === undefined ? undefined : service.privateDnsNames.map((name) => ({ PrivateDnsName: name })),
    VpcEndpointPolicySupported: true,
    AcceptanceRequired: false,
    ManagesVpcEndpoints: false,
    SupportedIpAddressTypes: [...service.addressTypes],
  };
}
