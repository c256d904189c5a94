import { gapFor, type Cause } from '../../snapshot/gap';
import { enteredBy, ownerIn, ownerOfCloudMapInstance, type Ownership } from '../../snapshot/ownership';
import type { CloudMapInstance, Instance, Service, Snapshot, Task } from '../../snapshot/snapshot';
import { serviceOfRegistration } from '../../snapshot/usage';
import { nameIn } from '../wording/arn-name';

/** A Cloud Map instance with what stands behind it. */
export interface CloudMapRegistration {
  /** Why it is not known what stands behind it. */
  readonly cause: Cause | undefined;
  /** The task that owns it. */
  readonly task: Task | undefined;
  /** The ECS service that it names. */
  readonly service: Service | undefined;
  /** ARNs of all of that, and of the instance below the task. */
  readonly related: readonly string[];
  /** Nothing owns it, and the service that it names registers there: it may be removed if all conditions hold. */
  readonly isRemovable: boolean;
  /** ECS registered it there for a task that runs. */
  readonly isOfEcs: boolean;
  readonly names: { readonly registry: string; readonly task: string; readonly service: string };
}

function hostIdOf(snapshot: Snapshot, { attributes }: CloudMapInstance, task: Task | undefined) {
  const arn = task?.containerInstanceArn;
  const named = attributes['EC2_INSTANCE_ID'];
  if (named !== undefined || arn === undefined) return named;
  const host = snapshot.containerInstances.get(arn);
  return host ? host.ec2InstanceId : gapFor(snapshot, 'containerInstances', arn);
}

/** The EC2 instance that the registration or its task names, or why it is not known. */
function instanceOf(snapshot: Snapshot, id: string | Cause | undefined): Instance | Cause | undefined {
  if (id === undefined || typeof id === 'object') return id;
  return snapshot.instances.get(id) ?? gapFor(snapshot, 'instances', id);
}

function causeOf(snapshot: Snapshot, owner: Ownership, host: Instance | Cause | undefined): Cause | undefined {
  if (owner.kind === 'unknown') return owner.cause;
  if (host && 'call' in host) return host;
  // a service that was not read may register there, with the wrong records: that would be what to mend
  return gapFor(snapshot, 'services');
}

/** ECS names what it registers by the task: one of that name that was not read would be it, whoever has its address now. */
function doubtAbout(snapshot: Snapshot, { instanceId }: CloudMapInstance, task: Task | undefined): Cause | undefined {
  return task === undefined || task.id === instanceId ? undefined : gapFor(snapshot, 'tasks');
}

const isRegistry = (service: Service | undefined, arn: string): boolean =>
  service?.registries.some(({ registryArn }) => registryArn === arn) === true;

export function cloudMapRegistration(snapshot: Snapshot, instance: CloudMapInstance): CloudMapRegistration {
  const { serviceArn } = instance;
  const owner = ownerOfCloudMapInstance(snapshot, instance);
  const task = ownerIn(owner);
  const service = serviceOfRegistration(snapshot, instance);
  const host = instanceOf(snapshot, hostIdOf(snapshot, instance, task));
  const registry = snapshot.cloudMapServices.get(serviceArn)?.name ?? nameIn(serviceArn);
  const arns = [service, task, host].flatMap((one) => (one && 'arn' in one ? [one.arn] : []));
  return {
    ...{ cause: causeOf(snapshot, owner, host) ?? doubtAbout(snapshot, instance, task), task, service },
    related: [serviceArn, ...arns],
    isOfEcs: enteredBy(snapshot, instance) !== undefined,
    isRemovable: owner.kind === 'orphan' && isRegistry(service, serviceArn),
    names: { registry, task: task?.id ?? '', service: service?.name ?? '' },
  };
}
