import type { Conclusion } from '../state/ledger';

/**
 * EC2 and ECS may show a change a little after they took it; what takes longer than this is looked at by the next pass.
 * https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
const LOOKS = 5;
const BETWEEN_LOOKS_MS = 2_000;

/** What is read back of a change, now or, as long as it does not show, a little later. */
export async function seenInTime(
  look: () => Promise<Conclusion>,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<Conclusion> {
  for (let count = 1; ; count++) {
    const seen = await look();
    if (seen.status === 'applied' || count === LOOKS) return seen;
    await sleep(BETWEEN_LOOKS_MS);
  }
}
