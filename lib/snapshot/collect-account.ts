import type { Setting } from '@aws-sdk/client-ecs';
import { judge, noteGaps } from './draft';
import type { Session } from './session';
import type { Tags } from './snapshot';

function toSettings(settings: readonly Setting[]): Tags {
  return Object.fromEntries(settings.map(({ name = '', value = '' }) => [name, value]));
}

/** The account itself, where something in it is judged. */
export async function collectAccount({ reads, draft, withSurroundings }: Session): Promise<void> {
  const isUsed = (['service', 'task', 'instance'] as const).some((kind) => draft.judged.get(kind)?.size);
  if (!withSurroundings || !isUsed) return;
  const { account: id } = draft.place;
  const read = await reads.ecs.listAccountSettings();
  const isWhole = noteGaps(draft, 'accounts', { failures: read.failures.map((one) => ({ ...one, keys: [id] })) });
  draft.accounts.set(id, { id, settings: isWhole ? toSettings(read.items) : undefined });
  judge(draft, 'account', id);
}
