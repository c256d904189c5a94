/** Registering tasks with load balancers and Cloud Map, taking them out again, and putting back what others took out. */
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { desiredRegistrations, placeOf } from './desired-registration';
import type { TaskRecord } from './records';
import { registrarOf } from './registrar';

/**
 * Registers the task everywhere, and answers what was refused, in the words of ECS's service events. What was
 * registered before that stays noted on the task and is taken out when the task stops.
 */
export function registerTask(scope: Scope, task: TaskRecord): string | undefined {
  for (const wanted of desiredRegistrations(task)) {
    const refusal = attempt(() => {
      const registration = wanted.resolve(scope);
      registrarOf(scope, registration).register();
      task.registrations = [...task.registrations, registration];
    });
    if (refusal) return refused(wanted.place, refusal);
  }
  return undefined;
}

/** Puts back what somebody else took out; answers what was refused, as `registerTask` does. */
export function restoreTask(scope: Scope, task: TaskRecord): string | undefined {
  for (const registration of task.registrations) {
    const registrar = registrarOf(scope, registration);
    if (registrar.isRegistered()) continue;
    const refusal = attempt(registrar.register);
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
    const refusal = attempt(registrarOf(scope, registration).deregister);
    if (refusal && BUSY.includes(refusal.code)) continue;
    if (refusal && !GONE.includes(refusal.code)) throw refusal;
    task.registrations = task.registrations.filter((each) => each !== registration);
    task.deregistrations = [...task.deregistrations, registration];
  }
}

/** Is everything deregistered, and has every target finished draining? */
export function hasLeft(scope: Scope, { registrations, deregistrations }: TaskRecord): boolean {
  if (registrations.length > 0) return false;
  return deregistrations.every((each) => !registrarOf(scope, each).isDraining());
}

/** Cloud Map is still at work on the instance. */
const BUSY: readonly string[] = ['DuplicateRequest', 'ResourceInUse'];
/** Answers of the other services that leave nothing to take out. */
const GONE: readonly string[] = [
  'TargetGroupNotFound',
  'LoadBalancerNotFound',
  'InvalidInstance',
  'ResourceNotFoundException',
  'InstanceNotFound',
  'ServiceNotFound',
];
