import type { Request } from '../../lib/trigger/request';
import { toRequests } from '../../lib/trigger/to-requests';
import { jsonFault } from './json-fault';

/** What became of one event. */
export interface Replayed {
  /** Path as given or found; `-` is standard input. */
  readonly file: string;
  /** Line of the event, where one text holds many. */
  readonly line?: number;
  readonly requests?: readonly Request[];
  /** Why the event leads to nothing. */
  readonly reason?: string;
  /** Why there is no event. */
  readonly error?: string;
}

/** Editors on Windows begin a file with it; JSON does not allow it. */
const BYTE_ORDER_MARK = '\uFEFF';

function parse(text: string): { readonly event: unknown } | undefined {
  try {
    return { event: JSON.parse(text) };
  } catch {
    // not swallowed: the caller says where it stops being JSON
    return undefined;
  }
}

function notJson(text: string, line = 1): string {
  const fault = jsonFault(text);
  if (!fault) return 'not JSON';
  return `not JSON: line ${fault.line + line - 1}, column ${fault.column}: expected ${fault.expected}`;
}

/** One event on each line, as logs and `jq -c` write them. */
function replayLines(file: string, text: string): readonly Replayed[] {
  return text.split('\n').flatMap((content, index) => {
    if (content.trim() === '') return [];
    const line = index + 1;
    const parsed = parse(content);
    return [parsed ? { file, line, ...toRequests(parsed.event) } : { file, line, error: notJson(content, line) }];
  });
}

function looksLikeLines(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.slice(0, 2).some((line) => parse(line) !== undefined && /^\s*[{[]/.test(line));
}

/** Replays a text that is one event, or one event on each line. */
export function replayText(file: string, contents: string): readonly Replayed[] {
  const text = contents.startsWith(BYTE_ORDER_MARK) ? contents.slice(BYTE_ORDER_MARK.length) : contents;
  const parsed = parse(text);
  if (parsed) return [{ file, ...toRequests(parsed.event) }];
  if (looksLikeLines(text)) return replayLines(file, text);
  return [{ file, error: notJson(text) }];
}
