import { gapFor, type Cause } from '../../snapshot/gap';
import type { InstanceType } from '../../snapshot/host-resources';
import type { Instance, Snapshot } from '../../snapshot/snapshot';

const call = 'ec2:DescribeInstanceTypes';

interface Unfit {
  readonly lacks: 'ipv6' | 'hypervisor';
  readonly type: InstanceType;
}

function untold(name: string, what: string): Cause {
  return { call, reason: 'not stated', message: `EC2 does not say ${what} of instance type ${name}` };
}

/** Bare metal has no hypervisor, and is built on Nitro: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html */
function ofType(type: InstanceType, hypervisors: readonly string[] | undefined): Unfit | Cause | 'fit' {
  const { name, bareMetal, hypervisor, ipv6Supported } = type;
  if (ipv6Supported === undefined) return untold(name, 'whether IPv6 is supported');
  if (!ipv6Supported) return { lacks: 'ipv6', type };
  if (bareMetal || hypervisors === undefined) return 'fit';
  if (hypervisor === undefined) return untold(name, 'the hypervisor');
  return hypervisors.includes(hypervisor) ? 'fit' : { lacks: 'hypervisor', type };
}

/** What the instance's type lacks; `hypervisors`: those that will do, any if absent. */
export function typeVerdict(
  snapshot: Snapshot,
  { instanceType: name = '' }: Instance,
  hypervisors: readonly string[] | undefined,
): Unfit | Cause | 'fit' {
  const type = snapshot.instanceTypes.get(name);
  if (type) return ofType(type, hypervisors);
  return gapFor(snapshot, 'instanceTypes', name) ?? untold(name, 'anything');
}
