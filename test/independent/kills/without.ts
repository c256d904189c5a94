/** What is left of a list once each of the others is taken out of it once. */
export function without(list: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...list];
  for (const other of others) {
    const index = left.indexOf(other);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}
