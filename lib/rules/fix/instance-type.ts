import type { InstanceType } from '../../snapshot/host-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** Lists types of the same size and architecture that any subnet takes. */
export function listFittingTypes({ region }: Snapshot, { architectures, vcpus }: InstanceType): string {
  const wanted = [
    ['hypervisor', 'nitro'],
    ['network-info.ipv6-supported', 'true'],
    ['current-generation', 'true'],
    ...(architectures.length > 0 ? [['processor-info.supported-architecture', architectures.join(',')]] : []),
    ...(vcpus === undefined ? [] : [['vcpu-info.default-vcpus', String(vcpus)]]),
  ].map(([name = '', values = '']) => `Name=${name},Values=${values}`);
  const shown = ['--query', 'InstanceTypes[].InstanceType', '--output', 'text'];
  return awsCommand(region, 'ec2', 'describe-instance-types', '--filters', ...wanted, ...shown);
}
