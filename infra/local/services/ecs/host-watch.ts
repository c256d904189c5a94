/** What ECS does when an EC2 instance under it stops, comes back or goes for good. */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { InstanceStateChange } from '../ec2/instance-lifecycle';
import { onInstanceState } from '../ec2/instance-lifecycle';
import { changed } from './container-instance';
import type { InstanceRecord } from './records';
import { ecsState } from './store';
import type { StopOrder } from './task-lifecycle';
import { loseTasks } from './instance-departure';

const watching = defineStore((scope) => ({ stop: onInstanceState(scope, (change) => noteHost(scope, change)) }));

/** Starts watching, once for each scope. */
export function watchHosts(scope: Scope): void {
  watching(scope);
}

function noteHost(scope: Scope, { instanceId, state }: InstanceStateChange): void {
  for (const instance of containerInstances(scope, instanceId)) {
    if (state === 'running') connect(scope, instance, true);
    if (state === 'stopping') connect(scope, instance, false);
    if (state === 'stopped') loseTasks(scope, instance, hostGone(instance, 'stopped'));
    if (state === 'shutting-down') leave(scope, instance);
  }
}

function containerInstances(scope: Scope, ec2InstanceId: string): InstanceRecord[] {
  return [...ecsState(scope).clusters.values()]
    .flatMap(({ instances }) => [...instances.values()])
    .filter((instance) => instance.ec2InstanceId === ec2InstanceId && instance.status !== 'INACTIVE');
}

function connect(scope: Scope, instance: InstanceRecord, connected: boolean): void {
  if (instance.agentConnected === connected) return;
  instance.agentConnected = connected;
  changed(scope, instance);
}

/** A terminated instance with a connected agent is deregistered by ECS itself: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister_container_instance.html */
function leave(scope: Scope, instance: InstanceRecord): void {
  if (!instance.agentConnected) return;
  instance.agentConnected = false;
  instance.status = 'INACTIVE';
  changed(scope, instance);
  loseTasks(scope, instance, hostGone(instance, 'terminated'));
}

function hostGone({ ec2InstanceId }: InstanceRecord, how: string): StopOrder {
  return { code: 'TerminationNotice', reason: `Host EC2 (instance ${ec2InstanceId}) ${how}.` };
}
