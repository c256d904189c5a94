/** Lives through a history, in its weather or in a fair one, to its end. */
import { setImmediate } from 'node:timers/promises';
import { startLocalAccount, type LocalAccount } from '../../../infra/local/local-account';
import { createSeedClients, type SeedClients } from '../../../infra/local/seed/seed-clients';
import { services } from '../../../infra/local/services';
import type { Report } from '../../../lib/report/report';
import type { ItemStore } from '../../../lib/state/item-store';
import { createMemoryStore } from '../../../lib/state/memory-store';
import { without } from '../kills/without';
import { withoutIds } from '../kills/without-ids';
import { makeWeather, type BadWeather } from './bad-weather';
import { controllerClients, issueCredentials, type ControllerClients } from './controller-clients';
import { deploy, type Deployment } from './deployment';
import { createDirectWire, type Connected, type DirectWire } from './direct-wire';
import { readEndState, readMemory, type EndState } from './end-state';
import { templatePatterns, type IsWanted } from './event-patterns';
import { createChronicle, type Chronicle, type Exercised } from './exercised';
import type { History, Step, Weather } from './history';
import { MINUTE, open } from './opening';
import { act, leave, settleIn, type People } from './people';
import type { Plant } from './plants';
import { createQueue, type Queue } from './queue';
import { watchRemovals } from './removals';

/** How long messages gather on the queue: longer than in the template, as every pass costs time. */
const STRIDE_MINUTES = 5;
const SWEEP_MINUTES = 30;
/** The scheduler tries a sweep that failed again, a minute later each time. */
const SWEEP_TRIES = 3;
/** Until every reservation of a removal has run out, every grace for deployments is over, and nothing moves any more. */
const QUIET_MINUTES = 80;
/** More than the time between two sightings, and what follows from the second until it has drained. */
const SIGHTING_MINUTES = 40;

const TEMPLATE = 'infra/template.yaml';

export interface Ending {
  /** After one sweep, and what that put back on the queue. */
  readonly end: EndState;
  /** What the controller has to say besides findings, after the sweep that ends it. */
  readonly notices: readonly string[];
  /** What must not be, in any weather. */
  readonly wrong: readonly string[];
  readonly removals: number;
  readonly exercised: Exercised;
}

export interface Lives {
  live(history: History): Promise<Ending>;
}

interface Tools {
  readonly clients: SeedClients;
  readonly wires: { readonly people: DirectWire; readonly controller: DirectWire };
  readonly ofController: ControllerClients;
  readonly isWanted: IsWanted;
  readonly plant: Plant | undefined;
}

/** What one life after the other can use. */
export async function createLives(plant?: Plant): Promise<Lives> {
  const account = await startLocalAccount({ services });
  const wires = { people: createDirectWire(), controller: createDirectWire() };
  const clients = createSeedClients(account);
  for (const client of Object.values(clients) as readonly Connected[]) wires.people.lay(client);
  const ofController = controllerClients(account, wires.controller);
  await account.stop();
  const tools: Tools = { clients, wires, ofController, isWanted: templatePatterns(TEMPLATE), plant };
  return { live: (history) => live(history, tools) };
}

interface Life {
  readonly people: People;
  readonly deployment: Deployment;
  readonly queue: Queue;
  readonly store: ItemStore;
  readonly bad: BadWeather;
  readonly twins: boolean;
  readonly chronicle: Chronicle;
  /** What the schedule of the history has come to, in milliseconds since 1970: the controller's own waiting is part of it. */
  at: number;
  nextSweepAt: number;
  sweepTries: number;
}

async function live({ terms, steps, weather }: History, tools: Tools): Promise<Ending> {
  let account: LocalAccount | undefined;
  const connect = (made: LocalAccount): void => {
    account = made;
    tools.wires.people.connect(made);
    tools.wires.controller.connect(made);
    issueCredentials(made);
  };
  try {
    const opening = await open(tools.clients, connect);
    return await liveOn(begin(await settleIn(opening, terms), weather, tools), steps);
  } finally {
    await account?.stop();
    // everything else here goes on without a turn of the event loop, by which alone the server is given back
    await setImmediate();
  }
}

function begin(people: People, weather: Weather, tools: Tools): Life {
  const { opening } = people;
  const now = () => opening.clock.now();
  const memory = createMemoryStore({ now });
  const chronicle = createChronicle();
  const { befall } = chronicle;
  const queue = createQueue({ now, fates: weather.fates, reversed: weather.reversed, befall });
  const { account } = opening;
  const bad = makeWeather({ account, wire: tools.wires.controller, store: memory, weather, befall });
  const deployment = deploy({
    ...{ opening, queue, store: bad.store },
    ...{ clients: tools.ofController, isWanted: tools.isWanted, plant: tools.plant },
  });
  const at = now().getTime();
  const life = { people, deployment, queue, bad, store: memory, twins: weather.twins, chronicle, at, nextSweepAt: at };
  return { ...life, sweepTries: 0 };
}

async function liveOn(life: Life, steps: readonly Step[]): Promise<Ending> {
  const { people, deployment, queue, store, bad, chronicle } = life;
  const watch = watchRemovals(people);
  for (const [index, step] of steps.entries()) {
    bad.begin(index);
    await letPass(life, step.after);
    bad.end();
    await act(people, step);
    chronicle.done(step.do);
  }
  bad.begin(steps.length - 1);
  await letPass(life, 1);
  bad.end();
  queue.clear();
  queue.deafen(true);
  await leave(people);
  await letPass(life, QUIET_MINUTES, 'asleep');
  queue.deafen(false);
  await deployment.sweep(false);
  await letPass(life, SIGHTING_MINUTES, 'no sweeps');
  const end = await readEndState(people, store);
  const { notices, wrong } = await lookOnceMore(life, end);
  return { end, notices, wrong: [...watch.wrong, ...wrong], removals: watch.tried(), exercised: chronicle.exercised };
}

/**
 * The next sweep has nothing to do, and finds what is remembered. Notices end with it: it may tell of that. Then the one
 * after it has nothing to tell either.
 */
async function lookOnceMore(life: Life, end: EndState): Promise<Pick<Ending, 'notices' | 'wrong'>> {
  const { people, store } = life;
  const first = await lookAgain(life);
  const { notices, findings, loose } = await readMemory(people, store);
  const isNews = notices.length < end.notices.length;
  const second = isNews ? await lookAgain(life) : undefined;
  const wrong = [
    ...[...end.loose, ...loose],
    ...first.wrong,
    ...first.writes.filter((call) => !(isNews && call === TELL)).map((call) => `the next sweep calls ${call}`),
    ...without(first.found, end.findings).map((one) => `not remembered: ${one}`),
    ...without(end.findings, first.found).map((one) => `remembered, and not there: ${one}`),
    ...without(findings, end.findings).map((one) => `remembered only after the next sweep: ${one}`),
    ...(second ? [...second.wrong, ...second.writes.map((call) => `the sweep after the next calls ${call}`)] : []),
  ];
  return { notices, wrong };
}

const TELL = 'events:PutEvents';

/** A sweep that should change nothing. */
async function lookAgain({ deployment, queue }: Life) {
  const before = deployment.writes().length;
  const report = await deployment.sweep(false);
  const writes = deployment.writes().slice(before);
  return {
    writes: writes.map(({ service, operation }) => `${service}:${operation}`),
    found: foundBy(report),
    wrong: [
      ...(queue.receive()?.bodies ?? []).map((body) => `the next sweep asks for ${body}`),
      ...report.actions
        .filter(({ status }) => status !== 'withheld')
        .map(({ action: { kind, resource }, status }) => `the next sweep has ${status}: ${kind} ${resource}`),
      ...report.gaps.map(({ call, reason }) => `the next sweep has a gap: ${call} ${reason}`),
    ],
  };
}

const foundBy = ({ findings }: Report): readonly string[] =>
  findings
    .filter(({ status }) => status === 'open')
    .map(({ rule, resource, severity }) => withoutIds(`${rule} ${resource} ${severity}`));

/** Time passes, and the controller does what it is told to by events and schedule. */
async function letPass(life: Life, minutes: number, how?: 'asleep' | 'no sweeps'): Promise<void> {
  const { clock } = life.people.opening;
  life.at += minutes * MINUTE;
  if (how === 'asleep') return clock.advance(life.at - clock.now().getTime());
  do {
    if (how === undefined) await sweepIfDue(life);
    const twins = how === undefined && life.twins;
    if ((await life.deployment.work(twins)) && twins) life.chronicle.befall('two functions at once');
    await clock.advance(Math.max(0, Math.min(STRIDE_MINUTES * MINUTE, life.at - clock.now().getTime())));
  } while (clock.now().getTime() < life.at);
}

async function sweepIfDue(life: Life): Promise<void> {
  const { deployment, people, twins } = life;
  const now = people.opening.clock.now().getTime();
  if (now < life.nextSweepAt) return;
  life.sweepTries += 1;
  try {
    await deployment.sweep(twins);
    life.sweepTries = 0;
  } catch {
    // weather: the scheduler tries again
    life.sweepTries %= SWEEP_TRIES;
  }
  life.nextSweepAt = now + (life.sweepTries === 0 ? SWEEP_MINUTES : 1) * MINUTE;
}
