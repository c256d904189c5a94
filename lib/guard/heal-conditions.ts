/**
 * What must be true before an interface gets its primary IPv6 address, which it keeps as long as it is attached: nothing
 * takes that back. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
 */
import type { EnablePrimaryIpv6Action } from '../plan/action';
import { isGlobalUnicast } from '../snapshot/address';
import { gapFor } from '../snapshot/gap';
import type { AttachedInterface, InstanceInterface } from '../snapshot/host-resources';
import { primaryInterfaceOf } from '../snapshot/primary-interface';
import type { Snapshot } from '../snapshot/snapshot';
import { containerInstancesOf } from '../snapshot/usage';
import type { Objection } from './objection';

const unmet = (reason: string): Objection => ({ code: 'unmet-condition', reason });

/** As the pass has read it. */
export function healObjection(action: EnablePrimaryIpv6Action, snapshot: Snapshot): Objection | undefined {
  const { instanceId, networkInterfaceId } = action;
  if (containerInstancesOf(snapshot, instanceId).length === 0) {
    const gap = gapFor(snapshot, 'containerInstances');
    if (gap) return { code: 'depends-on-gap', reason: `${gap.call} could not be read completely (${gap.reason})` };
    return unmet(`ECS knows no container instance ${instanceId}`);
  }
  const instance = snapshot.instances.get(instanceId);
  const primary = instance && primaryInterfaceOf(instance);
  if (primary?.id !== networkInterfaceId) return unmet(notPrimary(action));
  if (instance?.operator !== undefined) return unmet(`${instanceId} is operated by ${instance.operator}`);
  return interfaceObjection(primary);
}

/** As EC2 shows the interface by itself, right before the write. */
export function attachedObjection(
  action: EnablePrimaryIpv6Action,
  face: AttachedInterface | undefined,
): Objection | undefined {
  if (face?.instanceId !== action.instanceId || face.deviceIndex !== 0) return unmet(notPrimary(action));
  if (face.requesterManaged) return unmet(`${face.id} is managed by the AWS service that made it`);
  return interfaceObjection(face);
}

const notPrimary = ({ instanceId, networkInterfaceId }: EnablePrimaryIpv6Action): string =>
  `${networkInterfaceId} is not the primary interface of ${instanceId}`;

function interfaceObjection({ id, type, operator, ipv6Prefixes, ipv6Addresses }: InstanceInterface) {
  if (operator !== undefined) return unmet(`${id} is operated by ${operator}`);
  if (type !== 'interface') return unmet(`${id} is of the type ${type ?? 'that EC2 does not tell'}`);
  if (ipv6Prefixes.length > 0) {
    return unmet(`${id} has the delegated prefix ${ipv6Prefixes.join(' ')}, beside which EC2 takes no primary address`);
  }
  if (!ipv6Addresses.some(({ address }) => isGlobalUnicast(address))) {
    return unmet(`${id} has no global IPv6 address that could become the primary one`);
  }
  return undefined;
}
