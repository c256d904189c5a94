/** Every call that the functions make, named by what it is for, so that a kill can be told where to strike. */
import type { LocalAccount } from '../../../infra/local/local-account';
import { isReadOnly } from '../../../infra/local/protocol/call-log';
import type { Fields } from '../../../infra/local/protocol/wire';
import { functionIn, type Victim } from './victims';

export interface CallMade {
  readonly victim: Victim;
  /** What weather rules match. */
  readonly action: string;
  /** The operation, and what it is about where it serves several ends: `PutItem lease`. */
  readonly what: string;
  /** Which of the victim's calls of this action it is, from 1. */
  readonly nth: number;
  readonly isWrite: boolean;
  /** What it asks for, as JSON. */
  readonly input: string;
}

const ITEM_WRITES: readonly string[] = ['PutItem', 'DeleteItem'];

/** The calls of the functions from now on, in order; it grows. */
export function watchCalls({ interceptors }: LocalAccount): readonly CallMade[] {
  const made: CallMade[] = [];
  interceptors.push(({ principal, operation }, fields) => {
    const victim = functionIn(principal);
    if (!victim) return;
    const action = actionOf(operation, fields);
    const nth = made.filter((call) => call.victim === victim && call.action === action).length + 1;
    const input = JSON.stringify(fields);
    const what = ITEM_WRITES.includes(operation) ? `${operation} ${itemIn(input)}` : action.replace(/^\*:/, '');
    made.push({ victim, action, what, nth, isWrite: !isReadOnly(operation), input });
  });
  return made;
}

/** ECS and Cloud Map have the same names for tagging; everything else has a name of its own. */
function actionOf(operation: string, { resourceArn, ResourceARN }: Fields): string {
  const arn = resourceArn ?? ResourceARN;
  return `${typeof arn === 'string' ? (arn.split(':')[2] ?? '*') : '*'}:${operation}`;
}

/** What an item of the table is, by its partition; of a change also what is changed. */
function itemIn(input: string): string {
  const [, kind = '?'] = /"pk":\{"S":"([a-z]+)/.exec(input) ?? [];
  if (kind === 'finding') return findingIn(input);
  const [, change] = /\\"kind\\":\\"(enable-primary-ipv6|disable-exec)\\"/.exec(input) ?? [];
  return change === undefined ? kind : `${kind} ${change}`;
}

/** By how far its news has got. */
function findingIn(input: string): string {
  if (input.includes('alertedAt')) return 'finding told';
  if (input.includes('toldAt')) return 'finding told in part';
  if (input.includes('\\"claim\\"')) return 'finding claimed';
  return input.includes('eventSentAt') ? 'finding sent' : 'finding found';
}
