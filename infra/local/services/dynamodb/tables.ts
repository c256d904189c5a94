/** Which tables there are: dynalite has them, and what we keep beside them comes and goes with them. */
import type { ForwardedRequest } from '../../kernel/operation';
import { defineStore, type Scope } from '../../kernel/scope';

export interface TableSettings {
  ttlAttribute?: string | undefined;
  pointInTimeRecovery: boolean;
}

const tables = defineStore(() => new Map<string, TableSettings>());

const FRESH: TableSettings = { pointInTimeRecovery: false };

function nameOf(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:[^/]*:table\//, '');
}

/** Name or ARN in the JSON of a request; undefined where there is none. */
export function tableOf(input: unknown): string | undefined {
  const named = typeof input === 'object' && input !== null && 'TableName' in input ? input.TableName : undefined;
  return typeof named === 'string' ? named : undefined;
}

/** After a request that the table server has answered with success. */
export function noteTable(scope: Scope, operation: string, { body }: ForwardedRequest): void {
  if (operation !== 'CreateTable' && operation !== 'DeleteTable') return;
  const name = nameOf(tableOf(JSON.parse(body.toString())) ?? '');
  if (operation === 'CreateTable') tables(scope).set(name, { ...FRESH });
  else tables(scope).delete(name);
}

/** By name or ARN; undefined for a table that is not there. */
export function tableSettingsOf(scope: Scope, table: string): TableSettings | undefined {
  return tables(scope).get(nameOf(table));
}
