const ROW = /^ {2}'(?<id>[\w-]+)': /;

/** The table of applicability with a row for one more rule, in alphabetical order; as it is if it has one. */
export function withRow(table: string, id: string): string {
  const lines = table.split('\n');
  const rows = lines.flatMap((line, at) => {
    const named = ROW.exec(line)?.groups?.['id'];
    return named === undefined ? [] : [{ named, at }];
  });
  if (rows.some(({ named }) => named === id)) return table;
  const next = rows.find(({ named }) => named > id)?.at ?? (rows.at(-1)?.at ?? lines.length - 1) + 1;
  return lines.toSpliced(next, 0, `  '${id}': ipv6Only,`).join('\n');
}
