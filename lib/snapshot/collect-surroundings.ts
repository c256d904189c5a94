/** What tasks and services stand on: read after them, and again for whatever is found later. Only what is missing is read. */
import { collectHostsOf } from './collect-container-instances';
import { collectInstances } from './collect-instances';
import { collectSubnets } from './collect-networks';
import { seekServices } from './collect-services';
import { collectTaskDefinitions } from './collect-task-definitions';
import { toSnapshot } from './draft';
import { serviceArnOf } from '../trigger/ecs-requests';
import type { Session } from './session';
import type { Service } from './snapshot';
import { hasOwnInterface, serviceKey, serviceKeyOfTask } from './usage';

async function collectServicesOfTasks(session: Session): Promise<void> {
  const { draft, progress } = session;
  const named = [...draft.tasks.values()].flatMap(({ serviceName, clusterArn }) => {
    if (serviceName === undefined || progress.servicesListed.has(clusterArn)) return [];
    const arn = serviceArnOf(clusterArn, serviceName);
    return arn === undefined ? [] : [[arn, clusterArn] as const];
  });
  await seekServices(session, new Map(named));
}

/** Without subnets and tasks of its own, a service is what the hosts are on which it could be placed. */
function servicesWithoutPlace({ draft }: Session): readonly Service[] {
  const judged = [...(draft.judged.get('service') ?? [])].flatMap((arn) => draft.services.get(arn) ?? []);
  const withTasks = new Set([...draft.tasks.values()].map(serviceKeyOfTask));
  return judged.filter((service) => service.subnetIds.length === 0 && !withTasks.has(serviceKey(service)));
}

async function collectHosts(session: Session): Promise<void> {
  const { draft } = session;
  const snapshot = toSnapshot(draft);
  const hosts = [...draft.tasks.values()].flatMap((task) => {
    const { containerInstanceArn, clusterArn } = task;
    if (containerInstanceArn === undefined || hasOwnInterface(snapshot, task)) return [];
    return [[containerInstanceArn, clusterArn] as const];
  });
  const placeable = servicesWithoutPlace(session);
  await collectHostsOf(session, hosts, new Set(placeable.map(({ clusterArn }) => clusterArn)));
}

/** Services of tasks, task definitions, hosts, instances and subnets that the draft lacks. */
export async function collectSurroundings(session: Session): Promise<void> {
  await collectServicesOfTasks(session);
  await collectTaskDefinitions(session);
  await collectHosts(session);
  await collectInstances(session);
  await collectSubnets(session);
}
