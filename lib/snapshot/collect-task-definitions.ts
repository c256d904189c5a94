import type { DescribedTaskDefinition } from '../aws/ecs-reads';
import { judge, noteGaps } from './draft';
import { distinct } from './pick';
import type { Session } from './session';
import type { Service } from './snapshot';
import { toTaskDefinition } from './task-definition-shapes';
import { serviceKey, serviceKeyOfTask } from './usage';

const revisionsOf = ({ taskDefinitionArn, deployments }: Service): readonly string[] =>
  distinct([taskDefinitionArn, ...deployments.map((deployment) => deployment.taskDefinitionArn)]);

/**
 * Revisions that judged services use, and judged tasks of no service. A single task of a service does not show who else
 * uses the revision, and a verdict that holds for one user only would come and go.
 */
function judgedRevisions({ draft }: Session): ReadonlySet<string> {
  const services = [...(draft.judged.get('service') ?? [])].flatMap((arn) => draft.services.get(arn) ?? []);
  const tasks = [...(draft.judged.get('task') ?? [])].flatMap((arn) => draft.tasks.get(arn) ?? []);
  const known = new Set(services.map(serviceKey));
  const judged = tasks.filter((task) => {
    const key = serviceKeyOfTask(task);
    return key === undefined || known.has(key);
  });
  return new Set([...services.flatMap(revisionsOf), ...judged.map(({ taskDefinitionArn }) => taskDefinitionArn)]);
}

function neededRevisions({ draft }: Session, judged: ReadonlySet<string>): readonly string[] {
  const ofTasks = [...draft.tasks.values()].map((task) => task.taskDefinitionArn);
  const ofServices = [...draft.services.values()].map((service) => service.taskDefinitionArn);
  return distinct([...judged, ...ofTasks, ...ofServices]);
}

async function describe({ reads, draft }: Session, arns: readonly string[], tags: boolean) {
  const read = await reads.ecs.describeTaskDefinitions(arns, { tags });
  noteGaps(draft, 'taskDefinitions', read);
  return read.items;
}

const arnOf = ({ taskDefinition }: DescribedTaskDefinition): string => taskDefinition.taskDefinitionArn ?? '';

/** Every revision in use that the draft lacks. Tags are read afresh, and only where they may be written or matched. */
export async function collectTaskDefinitions(session: Session): Promise<void> {
  const { draft, definitions, withTags } = session;
  const judged = judgedRevisions(session);
  const needed = neededRevisions(session, judged).filter((arn) => !draft.taskDefinitions.has(arn));
  const isFresh = (arn: string): boolean => withTags && judged.has(arn);
  const fresh = needed.filter(isFresh);
  const unknown = needed.filter((arn) => !isFresh(arn) && !definitions.has(arn));
  const described = [...(await describe(session, fresh, true)), ...(await describe(session, unknown, false))];
  for (const item of described) definitions.set(arnOf(item), item);
  for (const arn of needed) {
    const item = definitions.get(arn);
    if (item) draft.taskDefinitions.set(arn, toTaskDefinition(item.taskDefinition, item.tags));
  }
  for (const arn of judged) if (draft.taskDefinitions.has(arn)) judge(draft, 'task-definition', arn);
}
