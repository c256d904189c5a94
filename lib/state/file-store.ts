import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import type { Item, ItemStore } from './item-store';
import { createMemoryStore, type MemoryStore } from './memory-store';

const fileSchema = v.object({
  schema: v.literal('ecs-ipv6/state/v1'),
  items: v.array(
    v.object({
      partition: v.string(),
      key: v.string(),
      version: v.number(),
      value: v.unknown(),
      expiresAt: v.optional(v.pipe(v.string(), v.isoTimestamp(), v.toDate())),
    }),
  ),
});

/** The state file can not be used; the message names the file and the fix. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

export interface FileStore extends ItemStore {
  /** Releases the lock. Everything that was put is in the file by then. */
  close(): Promise<void>;
}

/**
 * State in a JSON file, for one run of the command line at a time: a lock file beside it holds the process id, and the
 * file is replaced as a whole, so that a crash leaves the old or the new one, never half.
 *
 * @throws StateFileError when another run holds the file, or it is not ours
 */
export async function openFileStore(file: string, now: () => Date): Promise<FileStore> {
  await mkdir(path.dirname(file), { recursive: true });
  const lock = `${file}.lock`;
  await acquire(lock, file);
  try {
    const writer = createWriter(file);
    const store = createMemoryStore({
      now,
      items: await read(file),
      changed: () => writer.write(() => serialise(store)),
    });
    return { ...store, close: () => rm(lock, { force: true }) };
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  }
}

function serialise(store: MemoryStore): string {
  return `${JSON.stringify({ schema: 'ecs-ipv6/state/v1', items: store.all() })}\n`;
}

/** Replaces the file; changes that come while one replacement is on its way share the next. */
function createWriter(file: string): { write(content: () => string): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  const replace = async (content: () => string): Promise<void> => {
    waiting = undefined;
    const draft = `${file}.${String(process.pid)}.tmp`;
    await writeFile(draft, content(), { mode: 0o600 });
    await rename(draft, file);
  };
  return {
    write(content) {
      if (!waiting) {
        waiting = running.then(() => replace(content));
        running = waiting.catch(() => undefined);
      }
      return waiting;
    },
  };
}

async function read(file: string): Promise<readonly Item[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw new StateFileError(`cannot read the state file ${file}; check its permissions`, { cause: error });
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), fileSchema), text);
  if (!parsed.success) {
    throw new StateFileError(`${file} is no state file of ecs-ipv6; name another with --state, or move it away`);
  }
  return parsed.output.items;
}

async function acquire(lock: string, file: string): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await createLock(lock);
      return;
    } catch (error) {
      if (!isCode(error, 'EEXIST')) {
        throw new StateFileError(`cannot lock the state file ${file}; check the folder's permissions`, {
          cause: error,
        });
      }
      const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
      if (isAlive(holder)) break;
      // its process is gone: a crash left the lock behind
      await rm(lock, { force: true });
    }
  }
  throw new StateFileError(
    `the state file ${file} is in use by another run; wait for it, or name another file with --state (if no run is left, delete ${lock})`,
  );
}

/** The lock appears with its process id in it: an empty one would look like a crash's. @throws EEXIST when it is there */
async function createLock(lock: string): Promise<void> {
  const draft = `${lock}.${randomUUID()}`;
  try {
    await writeFile(draft, String(process.pid), { mode: 0o600 });
    await link(draft, lock);
  } finally {
    await rm(draft, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
