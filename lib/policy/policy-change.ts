/** One difference between two policies, in plain words. */

/** From what can do harm to what can not: the order in which changes are told. */
export const dangers = ['mode', 'remedy', 'exemption', 'guard', 'other', 'safer'] as const;
/** `other`: neither plainly riskier nor plainly safer. */
export type Danger = (typeof dangers)[number];

export interface PolicyChange {
  readonly danger: Danger;
  /** e.g. `scope payments` */
  readonly what: string;
  /** e.g. `mode raised from tag to enforce` */
  readonly message: string;
}

/** As people write it in a policy; `nothing` for what is not there. */
export function spelled(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** `changed from a to b`, for each key of a map whose value is another. */
export function changedKeys(before: object, after: object): readonly string[] {
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((key) => !isSame(left.get(key), right.get(key)))
    .map((key) => `${key} changed from ${spelled(left.get(key))} to ${spelled(right.get(key))}`);
}
