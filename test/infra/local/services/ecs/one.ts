/** The only item of a list, or a failure that says how many there are. */
export function one<Item>(items: readonly Item[] | undefined): Item {
  const [first, ...others] = items ?? [];
  if (first === undefined || others.length > 0) throw new Error(`Expected one item, found ${items?.length ?? 0}.`);
  return first;
}
