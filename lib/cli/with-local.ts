import { toLocalSeed, type SeedOptions } from './seed';

/**
 * Does it with the local account of `--local`, if that is asked for.
 * @throws UsageError where an option of the account would have no effect
 */
export async function withLocal<Answer>(
  options: SeedOptions & { readonly local: boolean },
  work: () => Promise<Answer>,
): Promise<Answer> {
  const seed = toLocalSeed(options);
  // loaded only when asked for: everything else runs without the simulated account
  const local = seed && (await (await import('./local')).startLocal({ seed, port: 0 }));
  try {
    return await work();
  } finally {
    await local?.account.stop();
  }
}
