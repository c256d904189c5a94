/** What ECS says of tasks that stopped and of services, and what is known of it. */
import type { ServiceNotice, TaskNotice } from '../snapshot/notices';
import type { Service } from '../snapshot/snapshot';
import { keysOf } from './concerns';
import { explanationsOf, type Explanation } from './explain-error';
import { namedThings } from './named-things';
import { namesAroundService, namesAroundTask } from './names-around';
import type { OwnCondition, View } from './own-condition';
import type { Verdict } from './verdict';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
const STEADY = 'has reached a steady state';
/** Stopped for want of something: the other codes say that somebody or ECS wanted it so. */
const TROUBLE = new Set(['TaskFailedToStart', 'EssentialContainerExited']);
const UNKNOWN = 'Nothing that this program knows of IPv6 says this.';

const isSettled = ({ desiredCount, runningCount, deployments }: Service): boolean =>
  runningCount >= desiredCount && deployments.every(({ rolloutState }) => rolloutState === 'COMPLETED');

/** ECS brought the service to where it should be since. */
function isPast({ notices }: View, service: Service, at: Date | undefined): boolean {
  const steady = notices.services.find(
    ({ serviceArn, message }) => serviceArn === service.arn && message.includes(STEADY),
  );
  return steady && at ? at <= steady.at : isSettled(service);
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What a notice comes to. */
interface Heard {
  readonly verdict: Verdict & { readonly message: string };
  /** The same in all that says the same. */
  readonly sense: string;
}

function heard(verdict: Omit<Heard['verdict'], 'fix'>, explanations: readonly Explanation[], said: string): Heard {
  const known = explanations.map(({ id }) => id).join(' ');
  return {
    verdict: { ...verdict, fix: [], ...(explanations.length > 0 && { explanations }) },
    sense: known === '' ? said.replace(/[0-9a-f]{8,}/g, '') : known,
  };
}

/** One for each thing that is said, the latest, with how often it was. @param all the latest first */
function distinct(all: readonly Heard[], ofWhat: string): readonly Verdict[] {
  const alike = (one: Heard): readonly Heard[] => all.filter(({ sense }) => sense === one.sense);
  return all
    .filter((one) => alike(one)[0] === one)
    .map((one) => {
      const { length } = alike(one);
      const count = length === 1 ? '' : ` (the latest of ${String(length)} ${ofWhat})`;
      return { ...one.verdict, message: `${one.verdict.message}${count}` };
    });
}

const hasStopped = ({ task }: TaskNotice): boolean => task.lastStatus === 'STOPPED' || task.desiredStatus === 'STOPPED';

function toldOf(view: View, notice: TaskNotice) {
  const { reasons, stopCode = '', at, task } = notice;
  const when = at ? ` ${at.toISOString()}` : '';
  const how = hasStopped(notice) ? `It stopped${when}${stopCode && ` (${stopCode})`}: ` : 'ECS says: ';
  const said = reasons.join(' ');
  const explanations = explanationsOf([stopCode, ...reasons].join('\n'), namesAroundTask(view.snapshot, task));
  return { said, explanations, message: `${how}${said === '' ? 'ECS gives no reason.' : sentence(said)}` };
}

/** The task that the question is about: if it stopped, that is what is wrong with it. */
function ofSubject(view: View, notice: TaskNotice): readonly Heard[] {
  const { said, explanations, message } = toldOf(view, notice);
  if (!hasStopped(notice) && explanations.length === 0) return [];
  const known = explanations.length > 0 || said === '' ? message : `${message} ${UNKNOWN}`;
  return [heard({ resource: notice.task.arn, kind: 'task', status: 'red', message: known }, explanations, said)];
}

/** One of many tasks of a service: it counts as long as the service is not where it should be. */
function ofMember(view: View, service: Service, notice: TaskNotice): readonly Heard[] {
  const { said, explanations, message } = toldOf(view, notice);
  const past = isPast(view, service, notice.at);
  const base = { resource: notice.task.arn, kind: 'task' } as const;
  if (explanations.length > 0) {
    const since = past ? ' Since then the service came to where it should be.' : '';
    const status = past ? 'advice' : 'red';
    return [heard({ ...base, status, message: `${message}${since}` }, explanations, said)];
  }
  if (past || !TROUBLE.has(notice.stopCode ?? '')) return [];
  return [heard({ ...base, status: 'unknown', message: `${message} ${UNKNOWN}` }, explanations, said)];
}

function unread({ notices, snapshot }: View, collection: 'tasks' | 'services'): readonly Verdict[] {
  return notices.gaps
    .filter((gap) => gap.collection === collection)
    .map(({ call, reason, message }) => {
      const why = `${call} failed: ${reason} (${message})`;
      return { resource: snapshot.account, kind: 'account', status: 'unknown', message: why, fix: [] };
    });
}

function orGreen(found: readonly Verdict[], keys: readonly string[], kind: 'task' | 'service'): readonly Verdict[] {
  if (found.length > 0) return found;
  return keys.map((resource) => ({ resource, kind, status: 'green', fix: [] }));
}

function heardOf(view: View): readonly Heard[] {
  const { subject, notices, snapshot } = view;
  const service = subject.kind === 'service' ? snapshot.services.get(subject.key) : undefined;
  if (service) return notices.tasks.filter(hasStopped).flatMap((notice) => ofMember(view, service, notice));
  return notices.tasks.filter(({ task }) => task.arn === subject.key).flatMap((notice) => ofSubject(view, notice));
}

/** Of a task, whether it stopped; of a service, what its tasks failed by. */
export const stoppedTasks: OwnCondition = (view) => {
  const { kind } = view.subject;
  if (kind !== 'task' && kind !== 'service') return [];
  const told = [...distinct(heardOf(view), 'tasks that stopped so'), ...unread(view, 'tasks')];
  return orGreen(told, keysOf(view.concerns, kind), kind);
};

/** Whether the message is about another task or instance than the subject stands on. */
function isOfOthers({ concerns, subject }: View, message: string): boolean {
  if (subject.kind === 'service') return false;
  const { task, instance } = namedThings(message);
  const own = [...keysOf(concerns, 'task'), ...keysOf(concerns, 'instance'), subject.key].map((key) =>
    key.slice(key.lastIndexOf('/') + 1),
  );
  const named = [...task, ...instance];
  return named.length > 0 && !named.some((name) => own.includes(name));
}

function ofEvent(view: View, service: Service, { message, at }: ServiceNotice): readonly Heard[] {
  const explanations = explanationsOf(message, namesAroundService(view.snapshot, service));
  if (explanations.length === 0 || isPast(view, service, at) || isOfOthers(view, message)) return [];
  const text = `ECS says ${at.toISOString()}: ${sentence(message)}`;
  return [heard({ resource: service.arn, kind: 'service', status: 'red', message: text }, explanations, message)];
}

/** What ECS said of the service since it was last where it should be. */
export const serviceEvents: OwnCondition = (view) => {
  const { snapshot, concerns, notices } = view;
  const keys = keysOf(concerns, 'service');
  const services = [...snapshot.services.values()].filter(({ arn }) => keys.includes(arn));
  const found = services.flatMap((service) =>
    notices.services.flatMap((notice) => (notice.serviceArn === service.arn ? ofEvent(view, service, notice) : [])),
  );
  return orGreen([...distinct(found, 'messages of that kind'), ...unread(view, 'services')], keys, 'service');
};
