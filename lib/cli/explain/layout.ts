/** Text in a terminal: wrapped where it is prose, left alone where it is a command to be pasted. */

/** Lines longer than that are hard to read, however wide the window. */
const WIDEST = 100;
const NARROWEST = 60;

/** @param columns of the terminal; undefined: the output is no terminal */
export function textWidth(columns: number | undefined): number {
  return Math.max(NARROWEST, Math.min(columns ?? WIDEST, WIDEST));
}

/** Prose in lines of at most `width`; a word that is longer has a line of its own. */
export function wrapped(prose: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of prose.split(/\s+/).filter((one) => one !== '')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** Lines with the label before the first, all under each other. */
export function labelled(label: string, lines: readonly string[], column: number): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? label : '').padEnd(column)}${line}`.trimEnd());
}
