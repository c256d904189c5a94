/** Lets the weather of a history befall the controller's calls and its state store. */
import { matchesPattern } from '../../../infra/local/iam/wildcard';
import type { LocalAccount } from '../../../infra/local/local-account';
import type { Spell } from '../../../infra/local/weather/call-weather';
import { createRandom } from '../../../infra/local/weather/chance';
import type { ItemStore } from '../../../lib/state/item-store';
import { ROLE } from './controller-clients';
import type { DirectWire } from './direct-wire';
import type { Befall, Misfortune } from './exercised';
import type { CallWeather, StoreWeather, Weather } from './history';

export interface BadWeather {
  /** The store as the controller has it. */
  readonly store: ItemStore;
  /** What there is during this step. */
  begin(step: number): void;
  /** Fair weather from now on. */
  end(): void;
}

interface Circumstances {
  readonly account: LocalAccount;
  readonly wire: DirectWire;
  readonly store: ItemStore;
  readonly weather: Weather;
  readonly befall: Befall;
}

/** Whoever calls as the controller. */
const CALLER = `*/${ROLE}/*`;

const lasts =
  (step: number) =>
  ({ from, until }: { readonly from: number; readonly until: number }): boolean =>
    from <= step && step <= Math.max(from, until);

export function makeWeather({ account, wire, store, weather, befall }: Circumstances): BadWeather {
  const random = createRandom('histories');
  let spells: (readonly [Misfortune, Spell])[] = [];
  let storeFaults: readonly StoreWeather[] = [];

  function blow({ match, fault, when, share: probability }: CallWeather): void {
    // a repeated call is the SDK's doing, not the account's; on the wire only the operation is named
    const [, pattern = '*'] = match.split(':');
    if (fault === 'repeat') {
      wire.isRepeated = (operation) => {
        const isStruck = matchesPattern(pattern, operation) && random() < probability;
        if (isStruck) befall('repeat');
        return isStruck;
      };
      return;
    }
    const name = fault === 'throttle' || fault === 'partial' ? fault : (`${fault} ${when}` as const);
    spells.push([name, account.weather.calls({ match, caller: CALLER, fault, when, probability })]);
  }

  function end(): void {
    for (const [name, spell] of spells) {
      befall(name, spell.struck());
      spell.clear();
    }
    spells = [];
    storeFaults = [];
    wire.isRepeated = () => false;
  }

  return {
    store: fallible(store, () => {
      const fault = storeFaults.find(({ share }) => random() < share)?.fault;
      if (fault !== undefined) befall(`store ${fault}`);
      return fault;
    }),
    begin(step) {
      end();
      for (const one of weather.calls.filter(lasts(step))) blow(one);
      storeFaults = weather.store.filter(lasts(step));
    },
    end,
  };
}

/** @param next what befalls the next call */
function fallible(store: ItemStore, next: () => StoreWeather['fault'] | undefined): ItemStore {
  const down = (): Promise<never> => Promise.reject(new Error('the table does not answer'));
  const read = <Answer>(look: () => Promise<Answer>): Promise<Answer> => {
    const fault = next();
    return fault === undefined || fault === 'doubt' ? look() : down();
  };
  return {
    get: (partition, key) => read(() => store.get(partition, key)),
    list: (partition) => read(() => store.list(partition)),
    async put(item) {
      const fault = next();
      if (fault === 'before') return down();
      const done = await store.put(item);
      return fault === 'after' ? down() : done && fault === undefined;
    },
    // tried once more, it finds nothing to remove, which is as good
    async remove(partition, key, expected) {
      const fault = next();
      if (fault === 'before') return down();
      const done = await store.remove(partition, key, expected);
      return fault === 'after' ? down() : done;
    },
  };
}
