import { cutTo } from '../plain-text';
import { escapeMarkup } from './markup';

/** Of one finding's message; escaped it is at most five times as long. */
const MAX_LINE = 400;

export interface ListOptions {
  /** Characters that the text may have. */
  readonly room: number;
  /** Lines that are spelled out at most. */
  readonly most: number;
}

/** A list in Slack's markup, as many whole lines as fit; what is left out is counted. */
export function listOf(messages: readonly string[], { room, most }: ListOptions): string {
  const rest = (count: number): string => (count === 0 ? '' : `\n... and ${String(count)} more`);
  let text = '';
  let shown = 0;
  for (const message of messages.slice(0, most)) {
    const longer = `${text}${text === '' ? '' : '\n'}• ${escapeMarkup(cutTo(MAX_LINE, message))}`;
    if (longer.length + rest(messages.length).length > room) break;
    text = longer;
    shown++;
  }
  return text + rest(messages.length - shown);
}
