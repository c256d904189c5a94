/** The services that tasks are registered with, each in its own way. */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { deregisterInstances, registerInstances } from '../elb/instances';
import { elbState } from '../elb/state';
import { elbv2State } from '../elbv2/state';
import { deregisterTargets, keyOf, registerTargets } from '../elbv2/targets';
import { deregisterInstance, registerInstance } from '../servicediscovery/instances';
import { cloudMap } from '../servicediscovery/state';
import * as latticeTargets from '../vpclattice/registration';
import { lattice, requireTargetGroup } from '../vpclattice/state';
import type {
  ClassicRegistration,
  DiscoveryRegistration,
  LatticeRegistration,
  Registration,
  TargetRegistration,
} from './records';

export interface Registrar {
  /** This and the next throw the other service's `ApiError`. */
  readonly register: () => void;
  readonly deregister: () => void;
  /** Does the other service still know it as it was made? */
  readonly isRegistered: () => boolean;
  /** Deregistered, but not finished. */
  readonly isDraining: () => boolean;
}

export function registrarOf(scope: Scope, registration: Registration): Registrar {
  switch (registration.kind) {
    case 'target':
      return loadBalancing(scope, registration);
    case 'lattice':
      return vpcLattice(scope, registration);
    case 'discovery':
      return discovery(scope, registration);
    case 'classic':
      return classic(scope, registration);
  }
}

function loadBalancing(scope: Scope, { targetGroupArn, id, port }: TargetRegistration): Registrar {
  const request = { targetGroupArn, targets: [{ id, port }] };
  const find = () => elbv2State(scope).targetGroups.get(targetGroupArn)?.targets.get(keyOf({ id, port }));
  return {
    register: () => registerTargets(scope, request),
    deregister: () => deregisterTargets(scope, request),
    isRegistered: () => {
      const target = find();
      return target !== undefined && target.drainingUntil === undefined;
    },
    isDraining: () => find()?.drainingUntil !== undefined,
  };
}

function vpcLattice(scope: Scope, { targetGroupArn, id, port }: LatticeRegistration): Registrar {
  const target = { id, port };
  const find = () => {
    const group = [...lattice(scope).targetGroups.values()].find(({ arn }) => arn === targetGroupArn);
    return group && latticeTargets.findTarget(group, target);
  };
  return {
    register: () => {
      const group = requireTargetGroup(scope, targetGroupArn);
      if (!latticeTargets.register(group, target)) throw new ApiError('InvalidTarget', latticeTargets.unfit(group));
    },
    deregister: () => void latticeTargets.deregister(scope, requireTargetGroup(scope, targetGroupArn), target),
    isRegistered: () => find()?.draining === false,
    isDraining: () => find()?.draining === true,
  };
}

function discovery(scope: Scope, { serviceArn, instanceId, attributes }: DiscoveryRegistration): Registrar {
  const place = { serviceId: serviceArn, instanceId };
  return {
    register: () => void registerInstance(scope, { ...place, attributes }),
    deregister: () => void deregisterInstance(scope, place),
    isRegistered: () => {
      const service = cloudMap(scope).services.get(serviceArn.slice(serviceArn.lastIndexOf('/') + 1));
      return service?.instances.has(instanceId) ?? false;
    },
    isDraining: () => false,
  };
}

function classic(scope: Scope, { loadBalancerName, instanceId }: ClassicRegistration): Registrar {
  const membership = { loadBalancerName, instanceIds: [instanceId] };
  return {
    register: () => void registerInstances(scope, membership),
    deregister: () => void deregisterInstances(scope, membership),
    isRegistered: () => elbState(scope).loadBalancers.get(loadBalancerName)?.instanceIds.has(instanceId) ?? false,
    isDraining: () => false,
  };
}
