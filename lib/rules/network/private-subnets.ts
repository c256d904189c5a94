import { matchesGlob } from '../../evaluate/glob';
import type { Subnet } from '../../snapshot/snapshot';

/** Whether one of the names is the subnet's: its id, or `key=value` of a tag; `*` and `?` stand for other characters. */
export function isNamed({ id, tags }: Subnet, names: readonly string[]): boolean {
  const own = [id, ...Object.entries(tags).map(([key, value]) => `${key}=${value}`)];
  return names.some((name) => own.some((text) => matchesGlob(name, text)));
}
