/** What a game has tried: how often each deed was done, each fault struck, and which fault struck after which deed. */

/** Whatever can befall a call, a write to the state store, or an event on its way. */
export const misfortunes = [
  ...(['throttle', 'error before', 'error after', 'reset before', 'reset after'] as const),
  ...(['timeout before', 'timeout after', 'partial', 'repeat'] as const),
  ...(['store before', 'store after', 'store doubt'] as const),
  ...(['event late', 'event twice', 'event never', 'two functions at once'] as const),
] as const;
export type Misfortune = (typeof misfortunes)[number];

export type Befall = (what: Misfortune, times?: number) => void;

/** As JSON, for it goes from one process to another. */
export interface Exercised {
  /** By deed. */
  readonly deeds: Record<string, number>;
  readonly misfortunes: Partial<Record<Misfortune, number>>;
  /** By deed and misfortune: `register x throttle`: steps after which it struck. */
  readonly pairs: Record<string, number>;
}

export const nothingExercised = (): Exercised => ({ deeds: {}, misfortunes: {}, pairs: {} });

const add = (counts: Partial<Record<string, number>>, name: string, times: number): void => {
  counts[name] = (counts[name] ?? 0) + times;
};

export function addExercised(to: Exercised, { deeds, misfortunes: struck, pairs }: Exercised): void {
  for (const [name, times] of Object.entries(deeds)) add(to.deeds, name, times);
  for (const [name, times] of Object.entries(struck)) add(to.misfortunes, name, times);
  for (const [name, times] of Object.entries(pairs)) add(to.pairs, name, times);
}

export interface Chronicle {
  readonly befall: Befall;
  readonly done: (deed: string) => void;
  /** Of the life so far. */
  readonly exercised: Exercised;
}

export function createChronicle(): Chronicle {
  const exercised = nothingExercised();
  let last: string | undefined;
  let struck = new Set<Misfortune>();
  return {
    exercised,
    befall(what, times = 1) {
      if (times === 0) return;
      add(exercised.misfortunes, what, times);
      if (last === undefined || struck.has(what)) return;
      struck.add(what);
      add(exercised.pairs, `${last} x ${what}`, 1);
    },
    done(deed) {
      add(exercised.deeds, deed, 1);
      last = deed;
      struck = new Set();
    },
  };
}

const inWords = (counts: Readonly<Partial<Record<string, number>>>): string =>
  Object.entries(counts)
    .map(([name, times]) => `${name} ${String(times)}`)
    .join(', ');

/** Lines, and the pairs that never were. */
export function tellExercised({ deeds, misfortunes: struck, pairs }: Exercised): {
  readonly lines: readonly string[];
  readonly missing: readonly string[];
} {
  const wanted = Object.keys(deeds).flatMap((deed) => misfortunes.map((what) => `${deed} x ${what}`));
  const missing = wanted.filter((pair) => pairs[pair] === undefined);
  const [seldomest = ''] = [...wanted].sort((one, other) => (pairs[one] ?? 0) - (pairs[other] ?? 0));
  return {
    lines: [
      `deeds: ${inWords(deeds)}`,
      `faults that struck: ${inWords(struck)}`,
      `${String(wanted.length - missing.length)} of ${String(wanted.length)} pairs of a deed and a fault that struck after it; seldomest: ${seldomest}, ${String(pairs[seldomest] ?? 0)} times`,
    ],
    missing,
  };
}
