/** The page of each rule: part of the bundle, and files in a checkout. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** By rule id; the build puts it in. */
declare const RULE_PAGES: Readonly<Record<string, string>> | undefined;

const FOLDER = fileURLToPath(new URL('../../../docs/rules/', import.meta.url));

/** Text of docs/rules/<id>.md. */
export function rulePage(id: string): string {
  if (typeof RULE_PAGES === 'undefined') return readFileSync(path.join(FOLDER, `${id}.md`), 'utf8');
  return RULE_PAGES[id] ?? '';
}
