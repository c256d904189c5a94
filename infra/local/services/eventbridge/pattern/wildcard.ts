import { InvalidPattern } from './invalid-pattern';

/** Whether a text fits `dir/*.png`; `*` is any text, `\*` and `\\` stand for themselves. */
export function parseWildcard(pattern: string): (text: string) => boolean {
  if (/(?<!\\)(?:\\\\)*\*\*/.test(pattern)) {
    throw new InvalidPattern(`Consecutive wildcard characters at pos ${pattern.indexOf('**')}`);
  }
  const source = pattern.replace(
    /\\(.?)|([*])|([^\\*])/gsu,
    (whole: string, escaped: string | undefined, star?: string) => {
      if (star !== undefined) return '.*';
      if (escaped === undefined) return quote(whole);
      if (escaped !== '*' && escaped !== '\\') throw new InvalidPattern('Invalid escape character in wildcard pattern');
      return quote(escaped);
    },
  );
  const expression = new RegExp(`^${source}$`, 'su');
  return (text) => expression.test(text);
}

function quote(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}
