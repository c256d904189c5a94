/** `explain`: a rule, an error, or the way of one thing to a healthy target. It never writes. */
import { text } from 'node:stream/consumers';
import { explainError } from '../../explain/explain-error';
import { EXIT, type ExitCode } from '../exit-code';
import { UsageError } from '../failure';
import type { Terminal } from '../terminal';
import { errorText } from './error-text';
import { textWidth } from './layout';

export interface ExplainOptions {
  /** The text itself, or `-` for stdin. */
  readonly error?: string;
  readonly format: 'table' | 'json';
}

export async function explain(options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.error !== undefined) return await explainText(options.error, options, terminal);
  throw new UsageError('name what to explain: --error TEXT');
}

async function errorInput(given: string, { complain }: Terminal): Promise<string> {
  if (given !== '-') return given;
  if (process.stdin.isTTY) complain('Paste the error, then press Ctrl-D on a line of its own.');
  return await text(process.stdin);
}

/** 0 if it is recognised, 3 if nothing can be told. */
async function explainText(given: string, { format }: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const message = await errorInput(given, terminal);
  if (message.trim() === '') throw new UsageError('--error: name the text of an error, or - to read it from stdin');
  const answer = explainError(message);
  terminal.print(format === 'json' ? JSON.stringify(answer, null, 2) : errorText(answer, textWidth(terminal.columns)));
  return answer.recognised ? EXIT.compliant : EXIT.incomplete;
}
