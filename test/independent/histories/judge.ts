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

/** Nobody looks after what was registered for a service that is gone: it stays as it was then. */
function lookedAfter(state: EndState, part: (typeof parts)[number]): readonly string[] {
  const gone = serviceNames.filter((name) => !state.services.includes(name));
  return state[part].filter((one) => !gone.some((name) => registeredFor[name]?.test(one)));
}

function differences(fair: EndState, rough: EndState): readonly string[] {
  return parts.flatMap((part) => {
    const [inFair, inRough] = [lookedAfter(fair, part), lookedAfter(rough, part)];
    return [
      ...without(inRough, inFair).map((one) => `${part}: ${one}, which is not there in fair weather`),
      ...without(inFair, inRough).map((one) => `${part}: no ${one}, which is there in fair weather`),
    ];
  });
}

export interface Verdict {
  /** What must not be; empty: the history ended as it should. */
  readonly wrong: readonly string[];
  /** One sweep came to the same; nothing had to be seen twice first. */
  readonly isSwept: boolean;
}

export function judge(fair: Ending, rough: Ending): Verdict {
  const wrong = [
    ...fair.wrong.map((one) => `in fair weather: ${one}`),
    ...rough.wrong.map((one) => `in its weather: ${one}`),
    ...differences(fair.end, rough.end),
  ];
  return { wrong, isSwept: differences(fair.swept, rough.swept).length === 0 };
}
