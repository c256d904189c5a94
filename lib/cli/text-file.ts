/** Files that are named on the command line: read, or refused with the reason, before anything else happens. */
import { readFile } from 'node:fs/promises';
import { UsageError } from './failure';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read; check its permissions',
  EISDIR: 'is a folder; name a file',
  ENOENT: 'is not there; check its name',
  ENOTDIR: 'is not there; check its name',
};

/** What is no text in UTF-8 leaves these behind. */
const NO_TEXT = /[\0\uFFFD]/;

/**
 * @param flag that names the file, e.g. `--policy`
 * @throws UsageError naming flag, file, reason and fix
 */
export async function readTextFile(flag: string, file: string): Promise<string> {
  if (file === '') throw new UsageError(`${flag}: name a file`);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${flag} ${file}: ${reasonOf(error)}`, { cause: error });
  });
  if (NO_TEXT.test(text)) throw new UsageError(`${flag} ${file}: is no text file; name a YAML or JSON file`);
  return text;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = 'code' in error ? REASONS[String(error.code)] : undefined;
  return known ?? `can not be read (${error.message})`;
}
