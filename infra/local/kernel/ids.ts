import { hash } from 'node:crypto';

/** Where resource ids come from: the same seed gives the same account, id for id. */
export interface Ids {
  /** lower-case hexadecimal digits */
  hex(length: number): string;
  uuid(): string;
}

export function createIds(seed: string): Ids {
  let counter = 0;
  const hex = (length: number): string => {
    let digits = '';
    while (digits.length < length) digits += hash('sha256', `${seed}#${String(counter++)}`);
    return digits.slice(0, length);
  };
  const uuid = (): string => {
    const digits = hex(32);
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`];
    return [...parts, digits.slice(20)].join('-');
  };
  return { hex, uuid };
}
