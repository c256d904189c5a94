import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { PolicyProblem } from './policy';

/** One part of a policy: an SSM parameter or a file. */
export interface PolicyPart {
  /** Parameter name or file name; shown in problems. */
  readonly place: string;
  readonly text: string;
}

/** Both begin with 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A part that parsed, with the means to say where something stands. */
export interface ParsedPart {
  readonly place: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** The key itself, or the closest ancestor that is written down. */
  positionOf(path: readonly string[]): Position | undefined;
}

function offsetOf(document: Document, path: readonly string[]): number | undefined {
  let node: unknown = document.contents;
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === step);
      if (depth === path.length - 1 && isNode(pair?.key)) return pair.key.range?.[0];
      node = pair?.value;
    } else {
      node = document.getIn(path.slice(0, depth + 1), true);
    }
  }
  return isNode(node) ? node.range?.[0] : undefined;
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col: column } = lines.linePos(offset);
  return { line, column };
}

function positionFinder(document: Document, lines: LineCounter): ParsedPart['positionOf'] {
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const offset = offsetOf(document, path.slice(0, length));
      if (offset !== undefined) return positionAt(lines, offset);
    }
    return undefined;
  };
}

/** Offset of the first alias: a few of them, nested, stand for gigabytes. */
function firstAlias(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias(_, { range }) {
      offset = Number(range?.[0]);
      return visit.BREAK;
    },
  });
  return offset;
}

export function parsePart({ place, text }: PolicyPart): ParsedPart | PolicyProblem[] {
  const lines = new LineCounter();
  // YAML 1.2: `off` and dates stay text, and JSON is a subset
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, version: '1.2', prettyErrors: false });
  if (document.errors.length > 0) {
    return document.errors.map(({ pos: [offset], message }) => ({
      place,
      ...positionAt(lines, offset),
      path: '',
      message,
    }));
  }
  const alias = firstAlias(document);
  if (alias !== undefined) {
    const message = 'aliases (*name) are not allowed; write it out';
    return [{ place, ...positionAt(lines, alias), path: '', message }];
  }
  const content: unknown = document.toJS();
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return [{ place, line: 1, column: 1, path: '', message: 'must be a map that begins with version: 1' }];
  }
  return { place, content: { ...content }, positionOf: positionFinder(document, lines) };
}
