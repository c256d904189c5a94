import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const eventFolder = path.join(import.meta.dirname, '..', 'fixtures', 'events');

/** Names of all event fixtures, without `.json`. Their values are invented; the shapes are those that AWS documents. */
export const eventNames: readonly string[] = readdirSync(eventFolder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => path.parse(file).name);

export function eventFixture(name: string): unknown {
  return JSON.parse(readFileSync(path.join(eventFolder, `${name}.json`), 'utf8'));
}
