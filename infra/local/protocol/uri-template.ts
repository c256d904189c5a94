/** Paths of restJson1 operations: https://smithy.io/2.0/spec/http-bindings.html#http-trait */
interface Segment {
  readonly kind: 'literal' | 'label' | 'greedy';
  readonly text: string;
}

export interface UriTemplate {
  readonly method: string;
  readonly segments: readonly Segment[];
  /** Query parameters that are part of the address, e.g. `Action=Invoke`. */
  readonly query: URLSearchParams;
  readonly status: number;
}

function parseSegment(text: string): Segment {
  const [, name, plus] = /^\{(.+?)(\+?)\}$/.exec(text) ?? [];
  if (name === undefined) return { kind: 'literal', text };
  return { kind: plus === '+' ? 'greedy' : 'label', text: name };
}

/** Some models end a path in a slash where others do not. */
function split(path: string): string[] {
  return path.replace(/^\//, '').replace(/\/$/, '').split('/');
}

/** `['GET', '/functions/{FunctionName}', 200]`, the SDK's form of the http trait. */
export function parseUriTemplate(trait: unknown): UriTemplate {
  const [method, uri, status] = Array.isArray(trait) ? (trait as unknown[]) : [];
  if (typeof method !== 'string' || typeof uri !== 'string' || typeof status !== 'number') {
    throw new Error(`The SDK's http trait has changed: ${JSON.stringify(trait)} is not understood.`);
  }
  const [path = '', query] = uri.split('?');
  return { method, segments: split(path).map(parseSegment), query: new URLSearchParams(query), status };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not a path of ours: the caller says which one was asked for.
    return undefined;
  }
}

/** Labels of a path that fits, by name. */
export function matchPath({ segments }: UriTemplate, path: string): ReadonlyMap<string, string> | undefined {
  const parts = split(path);
  const labels = new Map<string, string>();
  for (const [index, { kind, text }] of segments.entries()) {
    const tail = segments.length - index - 1;
    const taken = kind === 'greedy' ? parts.splice(0, parts.length - tail) : parts.splice(0, 1);
    const value = decode(taken.join('/'));
    if (value === undefined || taken.length === 0) return undefined;
    if (kind === 'literal' ? value !== text : value === '') return undefined;
    if (kind !== 'literal') labels.set(text, value);
  }
  return parts.length === 0 ? labels : undefined;
}

export function matchQuery({ query }: UriTemplate, actual: URLSearchParams): boolean {
  return [...query].every(([name, value]) => actual.get(name) === value);
}

const RANK: Readonly<Record<Segment['kind'], string>> = { literal: '0', label: '1', greedy: '2' };

/** Sorts the more specific template first: https://smithy.io/2.0/spec/http-bindings.html#specificity-routing */
export function bySpecificity(a: UriTemplate, b: UriTemplate): number {
  const [ranksA, ranksB] = [a, b].map(({ segments }) => segments.map(({ kind }) => RANK[kind]).join(''));
  return (ranksA ?? '').localeCompare(ranksB ?? '') || b.query.size - a.query.size;
}
