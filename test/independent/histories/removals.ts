/** Watches every removal that the controller tries: whether it may, and whether there are too many of them. */
import { isRecord } from '../../../infra/local/kernel/json';
import type { Fields } from '../../../infra/local/protocol/wire';
import { isController } from './controller-clients';
import { MINUTE } from './opening';
import { allowsRemovals, EXEMPT_NUMBER } from './policy-text';
import type { People } from './people';
import { isStranger, nameOf } from './registrations';

const HOUR = 3_600_000;

interface Registration {
  readonly id: string;
  readonly port?: number;
}

/** What the call would remove. */
function removedBy(operation: string, { InstanceId, Targets }: Fields): readonly Registration[] {
  if (operation === 'DeregisterInstance' && typeof InstanceId === 'string') return [{ id: InstanceId }];
  if (operation !== 'DeregisterTargets' || !Array.isArray(Targets)) return [];
  return Targets.flatMap((target: unknown) => {
    const { Id, Port } = isRecord(target) ? target : {};
    return typeof Id === 'string' && typeof Port === 'number' ? [{ id: Id, port: Port }] : [];
  });
}

/** An address that a host's interface holds, and what names somebody else's service. */
const isTheirs = ({ hosts, borrowed }: People, { id }: Registration): boolean =>
  id.startsWith('theirs-') || hosts.some((host) => host.id === borrowed.get(id));

const isExempt = ({ id }: Registration): boolean =>
  id.endsWith(`::dead:${String(EXEMPT_NUMBER)}`) || id === `dead-${String(EXEMPT_NUMBER)}`;

function objections(people: People, one: Registration): readonly string[] {
  const { terms, isSwitchedOn, registered, opening } = people;
  const minutes = (opening.clock.now().getTime() - (registered.get(nameOf(one.id, one.port)) ?? 0)) / MINUTE;
  const grounds: readonly (readonly [boolean, string])[] = [
    [!isStranger(one.id, one.port), 'which a task owns'],
    [isTheirs(people, one), "which is somebody else's"],
    [!isSwitchedOn || !allowsRemovals(terms), 'which nobody allows'],
    [minutes < terms.orphanMinutes, `which was registered ${String(Math.round(minutes))} minutes ago`],
    [terms.flavour === 'exempt' && isExempt(one), 'which is exempt'],
  ];
  return grounds.filter(([holds]) => holds).map(([, ground]) => `${one.id} is removed, ${ground}`);
}

export interface Watch {
  /** What must not have been, in words. */
  readonly wrong: ReadonlySet<string>;
  readonly tried: () => number;
}

export function watchRemovals(people: People): Watch {
  const { account, clock } = people.opening;
  const wrong = new Set<string>();
  const tried: { readonly name: string; readonly at: number }[] = [];
  account.interceptors.push(({ operation, principal }, fields) => {
    if (!isController(principal.arn)) return;
    const at = clock.now().getTime();
    for (const one of removedBy(operation, fields)) {
      for (const objection of objections(people, one)) wrong.add(objection);
      const name = nameOf(one.id, one.port);
      // what the SDK sends once more is the same removal
      if (tried.some((before) => before.name === name && before.at === at)) continue;
      tried.push({ name, at });
      // whoever registers it from now on registers it anew
      people.registered.delete(name);
      const inHour = tried.filter((before) => before.at > at - HOUR).length;
      const { perHour } = people.terms;
      if (inHour > perHour) wrong.add(`${String(inHour)} removals within an hour, where ${String(perHour)} may be`);
    }
  });
  return { wrong, tried: () => tried.length };
}
