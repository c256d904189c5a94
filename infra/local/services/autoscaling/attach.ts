import type { Scope } from '../../kernel/scope';
import { findInstance, type Instance } from '../ec2/instance';
import type { AutoScalingGroup } from './state';
import { findMember, validationError } from './state';

/** Running instances of nobody's group, and no more than there is room for: https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-instance-asg.html */
export function attachable(scope: Scope, group: AutoScalingGroup, ids: readonly string[]): readonly Instance[] {
  if (group.desired + ids.length > group.maxSize) {
    throw validationError(
      `Attaching ${String(ids.length)} instances would take the desired capacity ${String(group.desired)} above the ` +
        `max size ${String(group.maxSize)} of ${group.name}. Raise the max size first.`,
    );
  }
  return ids.map((id) => {
    const instance = findInstance(scope, id);
    if (!instance) throw validationError(`Invalid Instance ID(s): [${id}]`);
    if (instance.state !== 'running') throw validationError(`Instance ${id} is not in running state.`);
    const owner = findMember(scope, id)?.[0];
    if (owner) throw validationError(`Instance ${id} is already part of the Auto Scaling group ${owner.name}`);
    return instance;
  });
}
