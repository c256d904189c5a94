import { gapFor, type Cause } from '../../snapshot/gap';
import { seenBindings } from '../../snapshot/ip-compatibility';
import type { ContainerInstance, Snapshot } from '../../snapshot/snapshot';
import { firstGap } from '../evidence/first-gap';

const call = 'ec2:DescribeInstanceAttribute';

/** Proof that the agent takes its host for an IPv4 host. */
export interface Ipv4Proof {
  readonly by: 'bindings' | 'user data';
  /** Tasks whose bindings show it. */
  readonly tasks: number;
}

function byUserData(snapshot: Snapshot, id: string): Ipv4Proof | Cause | 'ipv6' {
  const settings = snapshot.hostSettings.get(id);
  switch (settings?.ipCompatibility) {
    case 'ipv4':
      // bindings that were not read may prove the contrary
      return firstGap(snapshot, ['tasks', 'taskDefinitions']) ?? { by: 'user data', tasks: 0 };
    // nothing stands in the way of the agent's own look at its routes
    case 'unset':
    case 'ipv6':
      return 'ipv6';
    case 'unreadable':
      return { call, reason: 'not to be seen', message: `the user data of ${id} hides what it writes into ecs.config` };
    case undefined:
      return gapFor(snapshot, 'hostSettings', id) ?? notRead(id);
  }
}

function notRead(id: string): Cause {
  const message = `no bridge task on ${id} shows it, and only sweeps and people read user data`;
  return { call, reason: 'not read', message };
}

/** What the agent takes the host for, by the bindings of its bridge tasks (if they tell) or else by its user data. */
export function takenFor(
  snapshot: Snapshot,
  host: ContainerInstance,
  bindingsTell: boolean,
): Ipv4Proof | Cause | 'ipv6' {
  const { ec2InstanceId: id = '' } = host;
  const seen = bindingsTell ? seenBindings(snapshot, host) : undefined;
  if (seen?.family === 'ipv6') return 'ipv6';
  return seen ? { by: 'bindings', tasks: seen.tasks.length } : byUserData(snapshot, id);
}
