const escape = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

/** Compiled patterns; there are as many as a policy has, and each is asked once per resource. */
const compiled = new Map<string, RegExp>();

function compile(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const expression = new RegExp(`^${escape(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  compiled.set(pattern, expression);
  return expression;
}

/** `*` stands for any characters, `?` for one; everything else for itself. */
export function matchesGlob(pattern: string, text: string): boolean {
  return compile(pattern).test(text);
}
