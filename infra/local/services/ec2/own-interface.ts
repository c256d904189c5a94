import type { Scope } from '../../kernel/scope';
import { notYours } from './ec2-error';
import { checkId } from './listing';
import type { NetworkInterface } from './network-interface';
import { NETWORK_INTERFACE, requireNetworkInterface } from './network-interface';

/**
 * An interface that callers of the API may change. Those of AWS's services, tasks' among them, they may not:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
 */
export function ownInterface(scope: Scope, id = ''): NetworkInterface {
  checkId(NETWORK_INTERFACE, id);
  const networkInterface = requireNetworkInterface(scope, id);
  if (!networkInterface.requesterManaged) return networkInterface;
  throw notYours(`The network interface '${id}' is managed by '${networkInterface.requesterId}'.`);
}
