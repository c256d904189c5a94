/** What is around a case, and in which order, while its answer stays what it was. */
import { bystanders } from './bystanders';
import type { Contents } from './snapshot-builder';

/** The same with another workload beside it, which comes first wherever somebody looks. */
export function besideOthers(contents: Contents): Contents {
  const lists = Object.entries(bystanders).map(([name, list]) => {
    const own = contents[name as keyof Contents] as readonly unknown[] | undefined;
    return [name, [...(list as readonly unknown[]), ...(own ?? [])]];
  });
  return { ...contents, ...(Object.fromEntries(lists) as Contents) };
}

/** The same, in another order. */
export function reversed(contents: Contents): Contents {
  const parts = Object.entries(contents).map(([name, part]: [string, unknown]) => [
    name,
    Array.isArray(part) ? [...(part as readonly unknown[])].reverse() : part,
  ]);
  return Object.fromEntries(parts) as Contents;
}
