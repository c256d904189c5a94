/** A piece of a pattern: text that stands for itself, or one of the two wildcards. */
export type PatternPart = string | { readonly wildcard: '*' | '?' };

/** `ecs:*` with its wildcards told apart from text. */
export function parsePattern(pattern: string): readonly PatternPart[] {
  return pattern
    .split(/([*?])/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece === '*' || piece === '?' ? { wildcard: piece } : piece));
}

/** Whether the whole text fits the pattern; `*` is any text, `?` one character. Case counts. */
export function matchesParts(parts: readonly PatternPart[], text: string): boolean {
  const source = parts.map((part) => {
    if (typeof part === 'string') return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return part.wildcard === '*' ? '.*' : '.';
  });
  return new RegExp(`^${source.join('')}$`, 'su').test(text);
}

export function matchesPattern(pattern: string, text: string): boolean {
  return matchesParts(parsePattern(pattern), text);
}
