/** Where a text stops being JSON: `JSON.parse` says so for some faults only. https://www.rfc-editor.org/rfc/rfc8259 */
export interface JsonFault {
  /** 1-based */
  readonly line: number;
  readonly column: number;
  /** What could stand there. */
  readonly expected: string;
}

type Expected = 'a value' | 'a value or ]' | 'a key' | 'a key or }' | ':' | ', or }' | ', or ]' | 'the end';
type TokenKind = '{' | '}' | '[' | ']' | ',' | ':' | 'text' | 'literal';

/** `opens` and `closes` a list or object; `ends` a value; anything else is what must follow. */
type Step = Expected | 'opens' | 'closes' | 'ends';

const VALUE = { '{': 'opens', '[': 'opens', text: 'ends', literal: 'ends' } as const;

const GRAMMAR: Readonly<Record<Expected, Partial<Record<TokenKind, Step>>>> = {
  'a value': VALUE,
  'a value or ]': { ...VALUE, ']': 'closes' },
  'a key': { text: ':' },
  'a key or }': { text: ':', '}': 'closes' },
  ':': { ':': 'a value' },
  ', or }': { ',': 'a key', '}': 'closes' },
  ', or ]': { ',': 'a value', ']': 'closes' },
  'the end': {},
};

const SPACE = /[ \t\r\n]*/y;
const PUNCTUATION = /[{}[\],:]/y;
const TEXT = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

function match(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

interface Token {
  readonly kind: TokenKind;
  readonly length: number;
}

const isPunctuation = (text: string): text is Exclude<TokenKind, 'text' | 'literal'> => '{}[],:'.includes(text);

function tokenAt(text: string, position: number): Token | undefined {
  const punctuation = match(PUNCTUATION, text, position);
  if (punctuation !== undefined && isPunctuation(punctuation)) return { kind: punctuation, length: 1 };
  const quoted = match(TEXT, text, position);
  if (quoted !== undefined) return { kind: 'text', length: quoted.length };
  const literal = match(LITERAL, text, position);
  return literal === undefined ? undefined : { kind: 'literal', length: literal.length };
}

/** Follows what is open, innermost last. */
function follow(step: Step, kind: TokenKind, open: TokenKind[]): Expected {
  if (step === 'opens') {
    open.push(kind);
    return kind === '{' ? 'a key or }' : 'a value or ]';
  }
  if (step === 'closes') open.pop();
  else if (step !== 'ends') return step;
  const innermost = open.at(-1);
  if (innermost === undefined) return 'the end';
  return innermost === '{' ? ', or }' : ', or ]';
}

function faultAt(text: string, position: number, expected: Expected): JsonFault {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, expected };
}

/** The first place where `text` is no JSON; undefined if it is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: TokenKind[] = [];
  let expected: Expected = 'a value';
  let position = 0;
  for (;;) {
    position += match(SPACE, text, position)?.length ?? 0;
    if (position === text.length && expected === 'the end') return undefined;
    const token = tokenAt(text, position);
    const step: Step | undefined = token && GRAMMAR[expected][token.kind];
    if (!token || !step) return faultAt(text, position, expected);
    expected = follow(step, token.kind, open);
    position += token.length;
  }
}
