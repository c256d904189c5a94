import type { Gap } from '../../snapshot/gap';
import type { Service, Snapshot, TaskDefinition } from '../../snapshot/snapshot';
import { usersOfTaskDefinition } from '../../snapshot/usage';
import { firstGap } from './first-gap';

/** Who uses a revision. */
export interface RevisionUse {
  readonly services: readonly Service[];
  /** ARNs of the services, and of the tasks of no service. */
  readonly users: readonly string[];
}

/** Who uses the revision; `undefined`: nobody does; a gap: there may be somebody. */
export function useOf(snapshot: Snapshot, { arn }: TaskDefinition): RevisionUse | Gap | undefined {
  const { services, tasks } = usersOfTaskDefinition(snapshot, arn);
  if (services.length + tasks.length === 0) return firstGap(snapshot, ['services', 'tasks']);
  const alone = tasks.filter(({ serviceName }) => serviceName === undefined);
  return { services, users: [...services, ...alone].map((user) => user.arn) };
}

/** `api:3` */
export const revisionName = ({ family, revision }: TaskDefinition): string => `${family}:${revision}`;
