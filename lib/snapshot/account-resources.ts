import type { Tags } from './snapshot';

/** The account in the region of the snapshot. */
export interface Account {
  readonly id: string;
  /** ECS's account settings as they hold for the controller; `undefined`: not read. */
  readonly settings?: Tags;
}
