import type { Conditions, Permission } from './permission';

/** A statement that allows; resources as in `Access`. */
export interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Conditions | undefined;
  readonly why: string | undefined;
}

/** One statement for each access, in the order in which they come; actions in alphabetical order, each once. */
export function statementsOf(permissions: readonly Permission[]): readonly Statement[] {
  const bySid = new Map<string, Statement>();
  for (const { action, on } of permissions) {
    const { sid, resources, conditions, why } = on;
    const { actions } = bySid.get(sid) ?? { actions: [] };
    bySid.set(sid, { sid, actions: [...new Set([...actions, action])].sort(), resources, conditions, why });
  }
  return [...bySid.values()];
}
