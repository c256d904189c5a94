import { without } from '../kills/without';
import type { EndState } from './end-state';
import { serviceNames, type ServiceName } from './history';
import type { Ending } from './live';

const parts = ['tags', 'registrations', 'settings', 'findings'] as const;

/** How what is registered for a service, and what is said of where, is told in an end state. */
const registeredFor: Readonly<Record<ServiceName, RegExp | undefined>> = {
  web: /^(web|registry) |targetgroup\/web-v6\/|service\/srv-/,
  edge: /^edge |targetgroup\/edge-v6\//,
  legacy: undefined,
};

/**
 * A task keeps ECS Exec until people replace it: whether it has it depends on when a run took it from the service. Tags
 * tell of it, among other things: those of such tasks, and of the tasks in their place in the other run, are left out.
 */
const ofStart = 'task-exec-enabled ';

/** Nobody looks after what was registered for a service that is gone: it stays as it was then. */
function isCompared(one: string, { services }: EndState, withExec: readonly string[]): boolean {
  const gone = serviceNames.filter((name) => !services.includes(name));
  const isOfStart = one.startsWith(ofStart) || withExec.some((task) => one.startsWith(`${task} `));
  return !isOfStart && !gone.some((name) => registeredFor[name]?.test(one));
}

function differences(inFair: readonly string[], inRough: readonly string[], what: string): readonly string[] {
  return [
    ...without(inRough, inFair).map((one) => `${what}: ${one}, which is not there in fair weather`),
    ...without(inFair, inRough).map((one) => `${what}: no ${one}, which is there in fair weather`),
  ];
}

/** What must not be; empty: the history ended as it should. */
export function judge(fair: Ending, rough: Ending): readonly string[] {
  const withExec = [...fair.end.withExec, ...rough.end.withExec];
  const compared = ({ end }: Ending, part: (typeof parts)[number]) =>
    end[part].filter((one) => isCompared(one, end, withExec));
  return [
    ...fair.wrong.map((one) => `in fair weather: ${one}`),
    ...rough.wrong.map((one) => `in its weather: ${one}`),
    ...parts.flatMap((part) => differences(compared(fair, part), compared(rough, part), part)),
    ...differences(fair.notices, rough.notices, 'notices'),
  ];
}
