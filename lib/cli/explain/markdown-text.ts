/** Markdown of our own pages, for people to read in a terminal. */
import { labelled, wrapped } from './layout';

const FENCE = /^```.*$/m;
const NEXT_ITEM = /\n(?=\s*(?:[-*]|\d+\.)\s)/;
const ITEM = /^(\s*(?:[-*]|\d+\.)\s+)(.*)$/s;

/** `[text](url)` -> `text`, `**loud**` -> `loud`; code keeps its marks. */
function inline(text: string): string {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replace(/\*\*([^*]+)\*\*/g, '$1');
}

interface Block {
  readonly kind: 'prose' | 'verbatim';
  readonly lines: readonly string[];
}

const verbatim = (text: string): Block => ({ kind: 'verbatim', lines: text.split('\n') });

/** A table, or prose; each item of a list by itself. */
function paragraphBlocks(paragraph: string): readonly Block[] {
  if (paragraph.startsWith('|')) return [verbatim(paragraph)];
  return paragraph.split(NEXT_ITEM).map((text) => ({ kind: 'prose', lines: text.split('\n') }));
}

function blocksOf(markdown: string): readonly Block[] {
  // every second part stands between fences
  return markdown.split(FENCE).flatMap((part, index) => {
    const text = part.replace(/^\n+|\s+$/g, '');
    if (text === '') return [];
    return index % 2 === 1 ? [verbatim(text)] : text.split(/\n\s*\n/).flatMap(paragraphBlocks);
  });
}

function blockLines({ kind, lines }: Block, width: number): readonly string[] {
  if (kind === 'verbatim') return lines.map((line) => `  ${line}`);
  const text = inline(lines.join(' '));
  const [, bullet, rest] = ITEM.exec(text) ?? [];
  if (bullet === undefined || rest === undefined) return wrapped(text, width);
  return labelled(bullet, wrapped(rest, width - bullet.length), bullet.length);
}

const isItem = ({ kind, lines: [first = ''] }: Block): boolean => kind === 'prose' && ITEM.test(first);

/** Lines of the page: paragraphs apart, the items of a list together, commands unbroken. */
export function markdownLines(markdown: string, width: number): readonly string[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    const isApart = before !== undefined && !(isItem(before) && isItem(block));
    return [...(isApart ? [''] : []), ...blockLines(block, width)];
  });
}
