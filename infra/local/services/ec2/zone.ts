import type { Scope } from '../../kernel/scope';
import { invalidValue } from './ec2-error';

export interface Zone {
  readonly name: string;
  readonly id: string;
}

const LETTERS = ['a', 'b', 'c'] as const;

const DIRECTIONS: Readonly<Record<string, string>> = {
  north: 'n',
  northeast: 'ne',
  east: 'e',
  southeast: 'se',
  south: 's',
  southwest: 'sw',
  west: 'w',
  northwest: 'nw',
  central: 'c',
};

/** `eu-west-2` -> `euw2`, as in AWS's zone ids: https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html */
function shortRegion(region: string): string {
  const words = region.split('-');
  return words.map((word) => (word === 'gov' ? 'g' : (DIRECTIONS[word] ?? word))).join('');
}

/** Availability Zones of the scope's region: every region of the local account has three. */
export function zonesOf(scope: Scope): readonly Zone[] {
  return LETTERS.map((letter, index) => ({
    name: `${scope.region}${letter}`,
    id: `${shortRegion(scope.region)}-az${String(index + 1)}`,
  }));
}

/** The zone asked for by name or id; the first one if neither is given. */
export function zoneFor(scope: Scope, { name, id }: { readonly name?: string; readonly id?: string }): Zone {
  const zones = zonesOf(scope);
  const wanted = name ?? id;
  const [first] = zones;
  const zone = wanted === undefined ? first : zones.find((each) => each.name === name || each.id === id);
  if (zone) return zone;
  const expected = zones.map((each) => (name ? each.name : each.id)).join(', ');
  throw invalidValue(
    `Value (${wanted ?? ''}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${expected}.`,
  );
}
