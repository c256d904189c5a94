/** Registering tasks with load balancers and Cloud Map, taking them out again, and putting back what others took out. */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { elbv2State } from '../elbv2/state';
import type { RegisteredTarget } from '../elbv2/state';
import { deregisterTargets, keyOf, registerTargets } from '../elbv2/targets';
import { deregisterInstance, registerInstance } from '../servicediscovery/instances';
import { cloudMap } from '../servicediscovery/state';
import { desiredRegistrations, placeOf } from './desired-registration';
import type { Registration, TargetRegistration, TaskRecord } from './records';

/**
 * Registers the task everywhere, and answers what was refused, in the words of ECS's service events. What was
 * registered before that stays noted on the task and is taken out when the task stops.
 */
export function registerTask(scope: Scope, task: TaskRecord): string | undefined {
  for (const wanted of desiredRegistrations(task)) {
    const refusal = attempt(() => {
      const registration = wanted.resolve(scope);
      register(scope, registration);
      task.registrations = [...task.registrations, registration];
    });
    if (refusal) return refused(wanted.place, refusal);
  }
  return undefined;
}

/** Puts back what somebody else took out; answers what was refused, as `registerTask` does. */
export function restoreTask(scope: Scope, task: TaskRecord): string | undefined {
  for (const registration of task.registrations) {
    if (isRegistered(scope, registration)) continue;
    const refusal = attempt(() => register(scope, registration));
    if (refusal && !BUSY.includes(refusal.code)) return refused(placeOf(registration), refusal);
  }
  return undefined;
}

function refused(place: string, { message }: ApiError): string {
  return `failed to register ${place} with (error ${message})`;
}

/** Runs what another service may refuse. Anything but an answer of AWS is a fault of ours and passes through. */
function attempt(run: () => void): ApiError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/**
 * Takes out everything that was registered; what is gone already needs nothing. What another service is too busy to
 * let go stays among the registrations: ask again.
 */
export function deregisterTask(scope: Scope, task: TaskRecord): void {
  for (const registration of task.registrations) {
    const refusal = attempt(() => deregister(scope, registration));
    if (refusal && BUSY.includes(refusal.code)) continue;
    if (refusal && !GONE.includes(refusal.code)) throw refusal;
    task.registrations = task.registrations.filter((each) => each !== registration);
    task.deregistrations = [...task.deregistrations, registration];
  }
}

/** Is everything deregistered, and has every target finished draining? */
export function hasLeft(scope: Scope, { registrations, deregistrations }: TaskRecord): boolean {
  if (registrations.length > 0) return false;
  return deregistrations.every((each) => each.kind !== 'target' || !targetIn(scope, each)?.drainingUntil);
}

/** Does the other service still know the registration as it was made? */
function isRegistered(scope: Scope, registration: Registration): boolean {
  if (registration.kind === 'target') {
    const target = targetIn(scope, registration);
    return target !== undefined && target.drainingUntil === undefined;
  }
  const { serviceArn, instanceId } = registration;
  const service = cloudMap(scope).services.get(serviceArn.slice(serviceArn.lastIndexOf('/') + 1));
  return service?.instances.has(instanceId) ?? false;
}

function register(scope: Scope, registration: Registration): void {
  if (registration.kind === 'target') {
    const { targetGroupArn, id, port } = registration;
    registerTargets(scope, { targetGroupArn, targets: [{ id, port }] });
    return;
  }
  const { serviceArn, instanceId, attributes } = registration;
  registerInstance(scope, { serviceId: serviceArn, instanceId, attributes });
}

/** Cloud Map is still at work on the instance. */
const BUSY: readonly string[] = ['DuplicateRequest', 'ResourceInUse'];
/** Answers of the other services that leave nothing to take out. */
const GONE: readonly string[] = ['TargetGroupNotFound', 'InstanceNotFound', 'ServiceNotFound'];

function deregister(scope: Scope, registration: Registration): void {
  if (registration.kind === 'target') {
    const { targetGroupArn, id, port } = registration;
    deregisterTargets(scope, { targetGroupArn, targets: [{ id, port }] });
    return;
  }
  deregisterInstance(scope, { serviceId: registration.serviceArn, instanceId: registration.instanceId });
}

function targetIn(scope: Scope, { targetGroupArn, ...target }: TargetRegistration): RegisteredTarget | undefined {
  return elbv2State(scope).targetGroups.get(targetGroupArn)?.targets.get(keyOf(target));
}
