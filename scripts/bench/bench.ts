/** A figure's name, e.g. `event.callsRatio.mixed`, and its value. What was not measured has no entry. */
export type Figures = Readonly<Record<string, number>>;

export interface Measured {
  readonly figures: Figures;
  /** What a person wants to know beside the figures, one line each. */
  readonly remarks?: readonly string[];
}

/** Whether the caller asked for the figures whose names begin so, wholly or in part. */
export type IsWanted = (name: string) => boolean;

/** One part of the benchmark; one file each. */
export interface Bench {
  /** First part of all of its figures' names, e.g. `event.`: what `--only` is compared with. */
  readonly prefix: string;
  run(isWanted: IsWanted): Promise<Measured>;
}

/** `--only event` wants `event.callsRatio.mixed`, and the bench of `event.`; `--only event.callsRatio.m` wants both, too. */
export const wanting =
  (only: string): IsWanted =>
  (name) =>
    name.startsWith(only) || only.startsWith(name);
