import { publish, subscribe } from '../../kernel/events';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { invalidStateFor } from './ec2-error';
import type { Instance, InstanceStateName } from './instance';
import { dropInstance, STATE_CODES } from './instance';
import { detach, interfacesOfInstance } from './network-interface';
import { dropPublicIpv4, givePublicIpv4, releaseNetworkInterface } from './network-interface-lifecycle';
import { dropTags } from './tag';

/** How long the states in between last here. AWS takes longer, and promises nothing. */
const PENDING_MS = 2_000;
const STOPPING_MS = 2_000;
const SHUTTING_DOWN_MS = 2_000;

/** A terminated instance stays visible for a while: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html */
const TERMINATED_VISIBLE_MS = 60 * 60 * 1_000;

const DETAIL_TYPE = 'EC2 Instance State-change Notification';
const SOURCE = 'aws.ec2';

export interface InstanceStateChange {
  readonly instanceId: string;
  readonly state: InstanceStateName;
}

/** Calls back on every change of an instance's state, `pending` after the launch included. Answers how to stop it. */
export function onInstanceState(scope: Scope, listener: (change: InstanceStateChange) => void): () => void {
  return subscribe(scope, (event) => {
    if (event.source !== SOURCE || event['detail-type'] !== DETAIL_TYPE) return;
    const { 'instance-id': instanceId, state } = event.detail;
    if (typeof instanceId === 'string' && isState(state)) listener({ instanceId, state });
  });
}

/** A launched or started instance: `pending`, and `running` a little later. */
export function boot(scope: Scope, instance: Instance): void {
  const [primary] = interfacesOfInstance(scope, instance.id);
  if (primary && instance.publicIpv4OnStart) givePublicIpv4(scope, primary);
  instance.launchTime = scope.clock.now();
  instance.stateReason = { code: 'pending', message: 'pending' };
  instance.stateTransitionReason = '';
  enter(scope, instance, 'pending');
  later(scope, instance, {
    milliseconds: PENDING_MS,
    change: () => {
      for (const { attachment } of interfacesOfInstance(scope, instance.id)) {
        if (attachment) attachment.status = 'attached';
      }
      instance.stateReason = undefined;
      enter(scope, instance, 'running');
    },
  });
}

/** Starting a pending or running instance changes nothing. */
export function startInstance(scope: Scope, instance: Instance): void {
  if (instance.state === 'pending' || instance.state === 'running') return;
  if (instance.state !== 'stopped') throw invalidStateFor('start', instance.id);
  boot(scope, instance);
}

/** Addresses of the subnet stay with a stopped instance; a public IPv4 address does not. */
export function stopInstance(scope: Scope, instance: Instance): void {
  if (instance.state === 'stopping' || instance.state === 'stopped') return;
  if (instance.state !== 'running') throw invalidStateFor('stop', instance.id);
  blameUser(scope, instance);
  enter(scope, instance, 'stopping');
  later(scope, instance, {
    milliseconds: STOPPING_MS,
    change: () => {
      for (const each of interfacesOfInstance(scope, instance.id)) dropPublicIpv4(scope, each);
      enter(scope, instance, 'stopped');
    },
  });
}

/** Terminating twice changes nothing. */
export function terminateInstance(scope: Scope, instance: Instance): void {
  if (instance.state === 'shutting-down' || instance.state === 'terminated') return;
  blameUser(scope, instance);
  enter(scope, instance, 'shutting-down');
  later(scope, instance, {
    milliseconds: SHUTTING_DOWN_MS,
    change: () => {
      letGoOfInterfaces(scope, instance);
      enter(scope, instance, 'terminated');
      later(scope, instance, { milliseconds: TERMINATED_VISIBLE_MS, change: () => forgetInstance(scope, instance) });
    },
  });
}

function enter(scope: Scope, instance: Instance, state: InstanceStateName): void {
  instance.state = state;
  instance.stateSince = scope.clock.now();
  publish(scope, {
    source: SOURCE,
    detailType: DETAIL_TYPE,
    resources: [arn(scope, 'ec2', `instance/${instance.id}`)],
    detail: { 'instance-id': instance.id, state },
  });
}

/** Runs the change when the time has passed, unless the instance took another way meanwhile. */
function later(
  scope: Scope,
  instance: Instance,
  { milliseconds, change }: { readonly milliseconds: number; readonly change: () => void },
): void {
  const { stateSince } = instance;
  scope.clock.after(milliseconds, () => {
    if (instance.stateSince === stateSince) change();
  });
}

function letGoOfInterfaces(scope: Scope, instance: Instance): void {
  for (const networkInterface of interfacesOfInstance(scope, instance.id)) {
    dropPublicIpv4(scope, networkInterface);
    if (networkInterface.attachment?.deleteOnTermination) releaseNetworkInterface(scope, networkInterface);
    else detach(scope, networkInterface);
  }
}

function forgetInstance(scope: Scope, instance: Instance): void {
  dropInstance(scope, instance.id);
  dropTags(scope, instance.id);
}

function blameUser(scope: Scope, instance: Instance): void {
  const time = scope.clock.now().toISOString().replace('T', ' ').slice(0, 19);
  instance.stateReason = {
    code: 'Client.UserInitiatedShutdown',
    message: 'Client.UserInitiatedShutdown: User initiated shutdown',
  };
  instance.stateTransitionReason = `User initiated (${time} GMT)`;
}

function isState(state: unknown): state is InstanceStateName {
  return typeof state === 'string' && state in STATE_CODES;
}
