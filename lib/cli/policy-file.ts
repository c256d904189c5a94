/** A policy that is named on the command line: read and checked before anything else happens. */
import { parsePolicy } from '../policy/parse-policy';
import type { PolicyProblem } from '../policy/policy';
import { rules } from '../rules/registry';
import { UsageError } from './failure';
import { readTextFile } from './text-file';

export interface PolicyFile {
  readonly file: string;
  readonly text: string;
}

/** `policy FILE:line:column: path message` */
export function problemLine({ place, line, column, path, message }: PolicyProblem): string {
  const position = [line, column].map((number) => (number === undefined ? '' : `:${String(number)}`)).join('');
  return `policy ${place}${position}: ${path === '' ? '' : `${path} `}${message}`;
}

/** @throws UsageError when the file cannot be read, or with a line for each of its faults */
export async function readPolicyFile(file: string): Promise<PolicyFile> {
  const text = await readTextFile('--policy', file);
  const { problems } = parsePolicy([{ place: file, text }], rules);
  if (problems.length > 0) throw new UsageError(problems.map(problemLine).join('\n'));
  return { file, text };
}
