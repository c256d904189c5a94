/** What ECS says in its own words. Nothing is judged by it: people are told what it means. */
import type { Gap } from './gap';
import type { Task } from './snapshot';

/** Why a task stopped, or what keeps it from starting. */
export interface TaskNotice {
  readonly task: Task;
  /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html */
  readonly stopCode?: string;
  /** Of the task first, then of its containers. */
  readonly reasons: readonly string[];
  /** When it stopped, or was told to. */
  readonly at?: Date;
}

/** One of the last 100 messages of a service. */
export interface ServiceNotice {
  readonly serviceArn: string;
  readonly message: string;
  readonly at: Date;
}

export interface Notices {
  /** The latest first. */
  readonly tasks: readonly TaskNotice[];
  /** The latest first. */
  readonly services: readonly ServiceNotice[];
  /** What could not be read. */
  readonly gaps: readonly Gap[];
}

export const noNotices: Notices = { tasks: [], services: [], gaps: [] };
