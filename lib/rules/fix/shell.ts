/** Words that a shell reads as they stand. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** One word of a POSIX shell, quoted where it has to be. */
export function quote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** An `aws` command that can be pasted into a POSIX shell. */
export function awsCommand(region: string, ...words: readonly string[]): string {
  const [service = '', operation = '', ...rest] = words;
  return ['aws', service, operation, '--region', region, ...rest].map(quote).join(' ');
}
