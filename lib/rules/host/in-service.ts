import type { ContainerInstance } from '../../snapshot/snapshot';

const statuses = new Set(['REGISTERING', 'ACTIVE']);

/** Tasks run on it, or soon will: what drains or leaves is not judged. */
export function inService({ status }: ContainerInstance): boolean {
  return statuses.has(status);
}
