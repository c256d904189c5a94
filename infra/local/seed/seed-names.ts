/** What a local account can be filled with. */
export const seedNames = ['empty', 'demo', 'fleet'] as const;
export type SeedName = (typeof seedNames)[number];

/** Tasks that a fleet can have. As many as the maximum take 1 GiB, of the 4 that Node gives a process by itself. */
export const FLEET_TASKS = { default: 1_000, max: 200_000 } as const;

export interface Seed {
  readonly name: SeedName;
  /** Of a fleet; as many as usual if absent. */
  readonly tasks?: number;
}
