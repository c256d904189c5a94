import { createHash, randomUUID } from 'node:crypto';
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
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new StateFileError(`cannot make the folder ${folder} of the state file; name another with --state`, {
      cause: error,
    });
  });
  const lock = await acquire(`${file}.lock`, file);
  try {
    const writer = createWriter(file);
    const store = createMemoryStore({
      now,
      items: await read(file),
      changed: () => writer.write(() => serialise(store)),
    });
    return { ...store, close: () => lock.release() };
  } catch (error) {
    await lock.release();
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
    if (isCode(error, 'EISDIR')) throw new StateFileError(`${file} is a folder; name a file with --state`);
    throw new StateFileError(`cannot read the state file ${file}; check its permissions`, { cause: error });
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), fileSchema), text);
  if (!parsed.success) {
    throw new StateFileError(`${file} is no state file of ecs-ipv6; name another with --state, or move it away`);
  }
  return parsed.output.items;
}

interface Lock {
  /** Only if it is still ours: a person may have deleted it, and another run may hold it by now. */
  release(): Promise<void>;
}

async function acquire(lock: string, file: string): Promise<Lock> {
  // the id makes each lock another one, also of processes that got the same number
  const content = `${String(process.pid)} ${randomUUID()}`;
  const draft = `${lock}.${randomUUID()}`;
  try {
    // the lock appears with its owner in it: an empty one would look like a crash's
    await writeFile(draft, content, { mode: 0o600 });
    if ((await create(draft, lock)) || (await takeOver(draft, lock))) return { release: () => release(lock, content) };
  } catch (error) {
    throw new StateFileError(`cannot lock the state file ${file}; check the folder's permissions`, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
  throw new StateFileError(
    `the state file ${file} is in use by another run; wait for it, or name another file with --state (if no run is left, delete ${lock})`,
  );
}

/** False when it is there already. */
async function create(draft: string, lock: string): Promise<boolean> {
  try {
    await link(draft, lock);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Puts our lock in the place of one whose process is gone: a crash left it behind. Of those who find the same lock,
 * one gets the claim that bears its name; nobody else replaces that lock, so what the claimant sees in it stays true.
 */
async function takeOver(draft: string, lock: string): Promise<boolean> {
  const stale = await readLock(lock);
  // released meanwhile
  if (stale === undefined) return await create(draft, lock);
  if (isAlive(Number(stale.split(' ')[0]))) return false;
  const claim = `${lock}.${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`;
  if (!(await create(draft, claim))) return false;
  try {
    if ((await readLock(lock)) !== stale) return false;
    await rename(draft, lock);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

async function readLock(lock: string): Promise<string | undefined> {
  try {
    return await readFile(lock, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function release(lock: string, content: string): Promise<void> {
  if ((await readLock(lock)) === content) await rm(lock, { force: true });
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
