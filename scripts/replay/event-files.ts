import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The file itself, or every `*.json` below the folder, in order of their paths. */
export async function eventFiles(path: string): Promise<readonly string[]> {
  const found = await stat(path);
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name));
}
