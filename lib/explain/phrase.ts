import type { Phrase, Sign } from './known-error';
import { squeezed } from './plain-text';

/** Bounded, so that no text takes long. */
const HOLES: Readonly<Record<string, string>> = {
  ipv6: String.raw`\[?[0-9a-f]{0,4}:[0-9a-f]{0,4}:[0-9a-f:.]{0,45}\]?`,
  ipv4: String.raw`\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}`,
  host: '[a-z0-9.-]{1,253}',
  n: String.raw`\d{1,10}`,
  any: '.{0,120}?',
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

interface Compiled {
  readonly pattern: RegExp;
  /** Letters that stand for themselves: the more, the more it says. */
  readonly weight: number;
}

function compile(phrase: string): Compiled {
  let pattern = escaped(squeezed(phrase));
  let literal = squeezed(phrase);
  for (const [name, shape] of Object.entries(HOLES)) {
    pattern = pattern.replaceAll(escaped(`{${name}}`), () => shape);
    literal = literal.replaceAll(`{${name}}`, '');
  }
  return { pattern: new RegExp(pattern), weight: literal.length };
}

const compiled = new Map<string, Compiled>();

function compiledOf(phrase: string): Compiled {
  const known = compiled.get(phrase);
  if (known) return known;
  const made = compile(phrase);
  compiled.set(phrase, made);
  return made;
}

/** How much of the text the phrase explains; 0: it is not there. */
function phraseWeight(phrase: Phrase, text: string): number {
  const choices = typeof phrase === 'string' ? [phrase] : phrase;
  const weights = choices.map(compiledOf).map(({ pattern, weight }) => (pattern.test(text) ? weight : 0));
  return Math.max(0, ...weights);
}

/** How much of the text the sign explains, in letters; 0: it is not there. @param text squeezed */
export function signWeight(sign: Sign, text: string): number {
  let sum = 0;
  for (const phrase of sign) {
    const weight = phraseWeight(phrase, text);
    if (weight === 0) return 0;
    sum += weight;
  }
  return sum;
}
