/** `1 task`, `3 tasks` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`; of more than `shown`, the rest as a number. */
export function listed(names: readonly string[], shown = 3): string {
  const rest = names.length - shown;
  const parts = rest > 0 ? [...names.slice(0, shown), `${rest} more`] : names;
  return [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((part) => part !== '').join(' and ');
}
