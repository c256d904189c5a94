/** When a group is looked at: after a change, after a change of one of its instances, and while something is left. */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { onInstanceState } from '../ec2/instance-lifecycle';
import { runPass } from './group-controller';
import type { AutoScalingGroup } from './state';
import { autoScalingGroups, findMember } from './state';

/** How fast the simulated Auto Scaling works. AWS promises nothing. */
const SOON_MS = 500;
const AGAIN_MS = 5_000;

const watching = defineStore((scope) => ({
  stop: onInstanceState(scope, ({ instanceId }) => {
    const found = findMember(scope, instanceId);
    if (found) requestPass(scope, found[0]);
  }),
}));

/** Has the group looked at soon. Requests that come together lead to one pass. */
export function requestPass(scope: Scope, group: AutoScalingGroup, delay = SOON_MS): void {
  watching(scope);
  const due = scope.clock.now().getTime() + delay;
  if (group.pass && group.pass.due <= due) return;
  group.pass?.cancel();
  const cancel = scope.clock.after(delay, () => {
    group.pass = undefined;
    if (autoScalingGroups(scope).get(group.name) !== group) return;
    if (runPass(scope, group)) requestPass(scope, group, AGAIN_MS);
  });
  group.pass = { due, cancel };
}
