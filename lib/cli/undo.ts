/** `undo`: takes a removal back, with the credentials of the person who asks. */
import { undo, type Undone } from '../apply/undo';
import { createUndoEdges } from '../composition';
import { EXIT, type ExitCode } from './exit-code';
import type { LedgerOptions } from './ledger-options';
import { openMemory } from './session';
import type { Terminal } from './terminal';
import { withLocal } from './with-local';

export interface UndoCommandOptions extends LedgerOptions {
  /** Hours. */
  readonly hold: number;
}

/** 0 restored, or there already; 1 it must not be; 3 it can not be told, or AWS did not do it. */
const EXITS: Readonly<Record<Undone['status'], ExitCode>> = {
  restored: EXIT.compliant,
  'back-already': EXIT.compliant,
  refused: EXIT.violations,
  unknown: EXIT.incomplete,
  failed: EXIT.incomplete,
};

/** @throws UnknownEntryError for an id that the ledger does not know */
export async function undoRemoval(
  id: string,
  options: UndoCommandOptions,
  { print, complain }: Terminal,
): Promise<ExitCode> {
  const { region, state, local, format, hold: holdHours } = options;
  return await withLocal(options, async () => {
    const { caller, store, source, close } = await openMemory(region, state ?? (local ? 'memory' : undefined));
    try {
      const edges = createUndoEdges({ here: caller, store, source });
      const undone = await undo({ id, requestedBy: caller.arn, holdHours }, { ...edges, tell: complain });
      print(format === 'json' ? JSON.stringify({ schema: 'ecs-ipv6/undo/v1', ...undone }, null, 2) : undoText(undone));
      return EXITS[undone.status];
    } finally {
      await close();
    }
  });
}

function undoText({ id, status, reason, resource, heldUntil }: Undone): string {
  const lines = [`${status}  ${id}${resource === undefined ? '' : `  ${resource}`}`, `    ${reason}`];
  return [...lines, ...(heldUntil === undefined ? [] : [`    not removed again before ${heldUntil}`])].join('\n');
}
