/** What alerts tell: changes of findings, one by one, however they are grouped. */
import type { CallMade } from './calls-made';
import { withoutIds } from './without-ids';

/** @param message JSON with the `Message` of an alert; `rule state resource` of each change in it */
export function changesIn(message: string): readonly string[] {
  const { Message = '' } = JSON.parse(message) as { Message?: string };
  const [, rule = '?', state = '?'] = /^(\S+): (\w+) in /.exec(Message) ?? [];
  return [...Message.matchAll(/^ {2}(\S+) \(since /gm)].map(([, resource = '']) =>
    withoutIds(`${rule} ${state} ${resource}`),
  );
}

interface PutRecord {
  readonly Item: { readonly value: { readonly S: string } };
}

interface Record {
  readonly finding: { readonly rule: string; readonly resource: string };
  readonly transition: { readonly state: string; readonly toldAt?: { readonly topic?: string } };
}

/** The change that a record, being written, says to be told on the topic; `undefined`: it says no such thing. */
function changeIn(input: string): string | undefined {
  const { Item } = JSON.parse(input) as PutRecord;
  const { finding, transition } = JSON.parse(Item.value.S) as Record;
  if (transition.toldAt?.topic === undefined) return undefined;
  return withoutIds(`${finding.rule} ${transition.state} ${finding.resource}`);
}

/** Changes that the topic accepted and that no record says to be told, after these calls. */
export function unrecorded(calls: readonly CallMade[]): readonly string[] {
  const open = new Set<string>();
  for (const { what, input } of calls) {
    if (what === 'Publish') for (const change of changesIn(input)) open.add(change);
    if (what.startsWith('PutItem finding')) open.delete(changeIn(input) ?? '');
  }
  return [...open];
}
