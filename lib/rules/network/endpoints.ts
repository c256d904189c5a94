import type { VpcEndpoint } from '../../snapshot/network-resources';
import type { Snapshot } from '../../snapshot/snapshot';

const available = 'available';

/** `com.amazonaws.eu-west-2.ecr.api` and `ecr.api` */
const isOf = (serviceName: string, region: string, suffix: string): boolean =>
  serviceName.endsWith(`.${region}.${suffix}`);

/** It answers for the public name of ECR in its VPC: whoever asks for the name is led to it. */
export function isEcrEndpoint(
  { serviceName, state, privateDns }: VpcEndpoint,
  region: string,
  services: readonly string[],
): boolean {
  return state === available && privateDns && services.some((suffix) => isOf(serviceName, region, suffix));
}

/** Endpoints of S3, where ECR keeps the layers of images, that have IPv4 only. */
export function ipv4S3Endpoints({ vpcEndpoints, region }: Snapshot, vpcId: string): readonly VpcEndpoint[] {
  return [...vpcEndpoints.values()]
    .filter(
      (endpoint) =>
        endpoint.vpcId === vpcId &&
        endpoint.state === available &&
        endpoint.ipAddressType === 'ipv4' &&
        isOf(endpoint.serviceName, region, 's3'),
    )
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}
