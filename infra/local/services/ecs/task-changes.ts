import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { TaskRecord } from './records';

type Listener = (task: TaskRecord) => void;

const listeners = defineStore(() => new Set<Listener>());

/** Calls back whenever a task took a step of its life; the service scheduler lives on it. */
export function onTaskChange(scope: Scope, listener: Listener): void {
  listeners(scope).add(listener);
}

export function noteTaskChange(scope: Scope, task: TaskRecord): void {
  for (const listener of listeners(scope)) listener(task);
}
