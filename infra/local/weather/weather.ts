/** Bad weather on request: what AWS does not promise to spare anyone, by rules, the same for the same seed. */
import type { Scope } from '../kernel/scope';
import type { PageTokens } from '../protocol/page-tokens';
import type { CallRule } from './call-rule';
import type { CallWeather, Spell } from './call-weather';
import { createRandom } from './chance';
import type { EventRule } from './event-rule';
import { disturbEvents } from './event-weather';

export interface PageRule {
  /** How long paging tokens are good for; AWS's time if absent. */
  readonly lifetimeSeconds?: number | undefined;
  /** Fewer items than a page could hold, of services that document it: ECS, EC2, Auto Scaling, Parameter Store. */
  readonly short?: boolean | undefined;
  /** Now and then none at all, and a token, of EC2 and Parameter Store. */
  readonly empty?: boolean | undefined;
}

/** Everything that a weather file can ask for. */
export interface Forecast {
  /** Chance is drawn from it. */
  readonly seed: string;
  readonly calls: readonly CallRule[];
  readonly events: readonly EventRule[];
  readonly pages: PageRule;
}

export interface Weather {
  /** In force until its end, or until `clear`. */
  calls(rule: CallRule): Spell;
  /** Events of the account's own region. */
  events(rule: EventRule): Spell;
  pages(rule: PageRule): void;
  /** In place of all that was asked for before. */
  forecast(forecast: Forecast): void;
  /** Fair weather again. */
  clear(): void;
}

export interface WeatherOptions {
  readonly scope: Scope;
  readonly callWeather: CallWeather;
  readonly pageTokens: PageTokens;
  readonly seed: string;
}

export function createWeather({ scope, callWeather, pageTokens, seed }: WeatherOptions): Weather {
  const eventSpells = new Set<Spell>();
  let source = seed;
  let made = 0;
  /** Each rule draws from its own numbers, so that rules do not change each other's luck. */
  const random = (): (() => number) => createRandom(`${source}/${String(made++)}`);

  const weather: Weather = {
    calls: (rule) => callWeather.add(rule, random()),
    events(rule) {
      const spell = disturbEvents(scope, rule, random());
      eventSpells.add(spell);
      return spell;
    },
    pages({ lifetimeSeconds, short = false, empty = false }) {
      pageTokens.live(lifetimeSeconds);
      pageTokens.vary({ short: short ? random() : undefined, empty: empty ? random() : undefined });
    },
    forecast({ seed: forecastSeed, calls, events, pages }) {
      weather.clear();
      source = forecastSeed;
      made = 0;
      for (const rule of calls) weather.calls(rule);
      for (const rule of events) weather.events(rule);
      weather.pages(pages);
    },
    clear() {
      callWeather.clear();
      for (const spell of eventSpells) spell.clear();
      eventSpells.clear();
      weather.pages({});
    },
  };
  return weather;
}
