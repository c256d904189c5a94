/** What a local account can be filled with. */
export const seedNames = ['empty', 'demo'] as const;
export type SeedName = (typeof seedNames)[number];
