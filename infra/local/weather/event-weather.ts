/** Faults that befall deliveries of events, by the account's own way to disturb them. */
import { matchesPattern } from '../iam/wildcard';
import type { Scope } from '../kernel/scope';
import { disturbDeliveries } from '../services/eventbridge/disturb';
import type { Delivery, Disturbance } from '../services/eventbridge/state';
import type { Spell } from './call-weather';
import { createChance } from './chance';
import type { EventRule } from './event-rule';

const DEFAULT_SECONDS = 30;

function isAbout({ source = '*', detailType = '*' }: EventRule, { event }: Delivery): boolean {
  return matchesPattern(source, event.source) && matchesPattern(detailType, event['detail-type']);
}

function disturbance({ fault, seconds = DEFAULT_SECONDS }: EventRule, random: () => number): Disturbance {
  switch (fault) {
    case 'duplicate':
      return { kind: 'repeat', times: 2 };
    case 'delay':
      return { kind: 'delay', milliseconds: seconds * 1_000 };
    case 'disorder':
      return { kind: 'delay', milliseconds: Math.round(random() * seconds * 1_000) };
    case 'loss':
      return { kind: 'lose' };
    case 'failure':
      return { kind: 'fail' };
  }
}

export function disturbEvents(scope: Scope, rule: EventRule, random: () => number): Spell {
  const chance = createChance(rule, random);
  const clear = disturbDeliveries(scope, (delivery) =>
    isAbout(rule, delivery) && chance.strikes() ? disturbance(rule, random) : undefined,
  );
  return { struck: chance.struck, clear };
}
