/** A policy that is named on the command line: read and checked before anything else happens. */
import { readFile } from 'node:fs/promises';
import { parsePolicy } from '../policy/parse-policy';
import type { PolicyProblem } from '../policy/policy';
import { rules } from '../rules/registry';
import { UsageError } from './failure';

export interface PolicyFile {
  readonly file: string;
  readonly text: string;
}

/** `policy FILE:line: path message` */
export function problemLine({ place, line, path, message }: PolicyProblem): string {
  return `policy ${place}${line === undefined ? '' : `:${String(line)}`}: ${path === '' ? '' : `${path} `}${message}`;
}

/** @throws UsageError when the file cannot be read, or with a line for each of its faults */
export async function readPolicyFile(file: string): Promise<PolicyFile> {
  const text = await readText(file);
  // what is no text in UTF-8 leaves these behind
  if (/[\0\uFFFD]/.test(text)) throw new UsageError(`--policy ${file}: is no text file; name a YAML or JSON file`);
  const { problems } = parsePolicy([{ place: file, text }], rules);
  if (problems.length > 0) throw new UsageError(problems.map(problemLine).join('\n'));
  return { file, text };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--policy ${file}: the file can not be read (${reason})`, { cause: error });
  }
}
