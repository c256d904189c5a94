import type { DestructiveAction } from '../plan/action';
import type { Request } from './request';

export type Holder = Pick<Request, 'kind' | 'id' | 'cluster'>;

/** What to ask for to see what an action is about: the group of a target, the instance of an interface. */
export function holderOf(action: DestructiveAction): Holder {
  switch (action.kind) {
    case 'deregister-target':
      return { kind: 'target-group', id: action.targetGroupArn };
    case 'deregister-cloudmap-instance':
      return { kind: 'cloudmap-service', id: action.serviceArn };
    case 'enable-primary-ipv6':
      return { kind: 'instance', id: action.instanceId };
    case 'disable-exec':
      return { kind: 'service', id: action.resource, cluster: action.clusterArn };
  }
}
