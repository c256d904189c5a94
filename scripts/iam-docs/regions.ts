/** Parts of a file that are written by a script, between two lines that say so; everything around them is a person's. */

const MARK = /^( *)(.*)generated: ([a-z-]+)(.*)$/;

export interface Region {
  readonly name: string;
  /** In front of its first mark. */
  readonly indent: string;
}

/**
 * Replaces what stands between `... generated: NAME ...` and `... end of NAME ...` by the lines that `write` gives.
 * @throws if a region has no end, or if it is not known
 */
export function withRegions(text: string, write: (region: Region) => readonly string[]): string {
  const result: string[] = [];
  let inside: string | undefined;
  for (const line of text.split('\n')) {
    if (inside !== undefined) {
      if (!line.includes(`end of ${inside}`)) continue;
      inside = undefined;
    }
    result.push(line);
    const [, indent = '', , name] = MARK.exec(line) ?? [];
    if (name === undefined) continue;
    inside = name;
    result.push(...write({ name, indent }));
  }
  if (inside !== undefined) throw new Error(`The generated part ${inside} has no line that ends it.`);
  return result.join('\n');
}
