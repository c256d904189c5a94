/** Nothing in one account and region is seen from another, whoever has used the same names there. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import { startLocalAccount, type LocalAccount } from '../../../../infra/local/local-account';
import { services } from '../../../../infra/local/services';
import { aPlace, prefixOf, type Place } from './a-place';
import { furnish, type Furniture } from './furnish';
import { EVERYWHERE, readings } from './reads';

const PLACES = [
  ['111122223333', 'eu-west-2'],
  ['111122223333', 'us-east-1'],
  ['444455556666', 'eu-west-2'],
  ['444455556666', 'us-east-1'],
] as const;

const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
let local: LocalAccount;
let places: readonly Place[];

beforeAll(async () => {
  local = await startLocalAccount({ services, clock });
  places = PLACES.map(([account, region]) => aPlace(local, account, region));
});

afterAll(async () => {
  await local.stop();
});

/** Answers that list what was asked for and is not there. */
const ECHOES = new Set(['$metadata', 'failures', 'InvalidParameters', 'UnprocessedKeys']);

/** What the place answers; a refusal, as long as it is the caller's fault, shows nothing. */
async function answerOf(place: Place, action: string, input: object): Promise<string> {
  try {
    const answer = await place.call(action, input);
    return JSON.stringify(answer, (name, value: unknown) => (ECHOES.has(name) ? undefined : value));
  } catch (error) {
    const { $metadata: { httpStatusCode = 0 } = {} } = error as { $metadata?: { httpStatusCode?: number } };
    if (httpStatusCode < 400 || httpStatusCode >= 500) throw error;
    return '';
  }
}

/** Readings of the place whose answers show what they should not, or lack what they should show. */
async function faults(place: Place, made: Furniture, isWrong: (answer: string, shows: string) => boolean) {
  const answers = readings(made).map(async ({ action, input, shows }) => {
    const answer = await answerOf(place, action, input);
    return isWrong(answer, shows) ? [`${action}: ${answer}`] : [];
  });
  return (await Promise.all(answers)).flat();
}

/** Without the URL of the queue, which names no region. */
const idsOf = ({ queue: _, ...made }: Furniture): readonly string[] => Object.values(made);

test('every operation that reads has its row', () => {
  const reading = /^(?:BatchGet|Describe|Discover|Get|List|Query|Receive|Scan)/;
  const known = services.flatMap((service) =>
    [...Object.keys(service.operations), ...(service.forwarding?.operations ?? [])]
      .filter((name) => reading.test(name))
      .map((name) => `${prefixOf(service)}:${name}`),
  );
  const anything = new Proxy({}, { get: () => '' }) as Furniture;
  const rows = readings(anything).map(({ action }) => action);
  expect([...rows, ...EVERYWHERE].sort()).toEqual(known.sort());
});

test('what is in one place is seen there alone, and the same names elsewhere are something else', async () => {
  const [home, ...others] = places as [Place, ...Place[]];
  const first = await furnish(home, clock);
  expect(await faults(home, first, (answer, shows) => !answer.includes(shows))).toEqual([]);
  for (const other of others) expect(await faults(other, first, (answer, shows) => answer.includes(shows))).toEqual([]);

  const furnished: { readonly place: Place; readonly made: Furniture }[] = [{ place: home, made: first }];
  for (const place of others) furnished.push({ place, made: await furnish(place, clock) });
  for (const { place, made } of furnished) {
    const foreign = furnished.filter((one) => one.place !== place).flatMap((one) => idsOf(one.made));
    expect(idsOf(made).filter((id) => foreign.includes(id))).toEqual([]);
    const isWrong = (answer: string, shows: string) =>
      !answer.includes(shows) || foreign.some((id) => answer.includes(`"${id}"`));
    expect(await faults(place, made, isWrong)).toEqual([]);
  }
}, 120_000);
