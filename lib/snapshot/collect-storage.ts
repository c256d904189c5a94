import { judge, noteGaps } from './draft';
import { distinct } from './pick';
import type { Session } from './session';
import { toFileSystem } from './storage-shapes';

/** File systems of revisions that judged services and tasks use. */
export async function collectStorage({ reads, draft, withSurroundings }: Session): Promise<void> {
  if (!withSurroundings || !reads.efs) return;
  const revisions = [...(draft.judged.get('task-definition') ?? [])].flatMap(
    (arn) => draft.taskDefinitions.get(arn) ?? [],
  );
  const ids = distinct(revisions.flatMap(({ fileSystemIds }) => fileSystemIds));
  const read = await reads.efs.describeMountTargets(ids);
  noteGaps(draft, 'fileSystems', read);
  const known = new Map(read.items.map(toFileSystem).map((fileSystem) => [fileSystem.id, fileSystem]));
  // one that was deleted is no file system any more; one that could not be read is
  for (const id of ids.filter((one) => !read.missing.includes(one))) {
    draft.fileSystems.set(id, known.get(id) ?? { id });
    judge(draft, 'file-system', id);
  }
}
