const escape = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

/** `*` stands for any characters, `?` for one; everything else for itself. */
export function matchesGlob(pattern: string, text: string): boolean {
  return new RegExp(`^${escape(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
