import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Bundle } from './bundle';

/**
 * Writes what differs, each file whole or not at all: a demo that is running may be starting a function from the very
 * folder that another build writes to. Returns the number of files written.
 */
export async function writeChanged(bundles: readonly Bundle[]): Promise<number> {
  const written = await Promise.all(bundles.map(writeIfChanged));
  return written.filter(Boolean).length;
}

async function writeIfChanged({ path, contents }: Bundle): Promise<boolean> {
  if (await holds(path, contents)) return false;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, contents);
  await rename(draft, path);
  return true;
}

async function holds(path: string, contents: Uint8Array): Promise<boolean> {
  try {
    return (await readFile(path)).equals(contents);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
