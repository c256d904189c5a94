/** `history`: what the controller wrote to the workload, by whom, and what became of it. It never writes. */
import { listBreakers } from '../state/breaker';
import { createLedger, type LedgerEntry } from '../state/ledger';
import type { Breaker } from '../state/memory';
import { shortName } from '../trigger/arn';
import { EXIT, type ExitCode } from './exit-code';
import type { LedgerOptions } from './ledger-options';
import { openMemory } from './session';
import type { Terminal } from './terminal';
import { withLocal } from './with-local';

/** @param wanted a resource, or a part of its name; everything if absent */
export async function history(
  wanted: string | undefined,
  options: LedgerOptions,
  { print }: Pick<Terminal, 'print'>,
): Promise<ExitCode> {
  const { region, state, local, format } = options;
  return await withLocal(options, async () => {
    // a local account is gone after the run
    const { caller, store, close } = await openMemory(region, state ?? (local ? 'memory' : undefined));
    try {
      const { account } = caller;
      const all = await createLedger({ store, place: caller, now: () => new Date() }).list();
      const entries = all.filter(({ action }) => action.resource.includes(wanted ?? ''));
      const open = [...(await listBreakers(store, caller)).values()];
      const breakers = open.filter(({ resource }) => resource.includes(wanted ?? ''));
      const document = { schema: 'ecs-ipv6/history/v1', account, region: caller.region, breakers, entries };
      const text = () => [...breakers.flatMap(breakerLines), historyText(entries, wanted, caller)].join('\n');
      print(format === 'json' ? JSON.stringify(document, null, 2) : text());
      return EXIT.compliant;
    } finally {
      await close();
    }
  });
}

interface Where {
  readonly account: string;
  readonly region: string;
}

function historyText(entries: readonly LedgerEntry[], wanted: string | undefined, { account, region }: Where): string {
  if (entries.length > 0) return entries.flatMap(entryLines).join('\n');
  const about = wanted === undefined ? '' : ` about ${wanted}`;
  return `the ledger of account ${account}, ${region} has no entry${about}`;
}

function breakerLines({ counter, resource, since, reason, until }: Breaker): readonly string[] {
  return [`stopped until ${until}  ${counter}  ${shortName(resource)}`, `    since ${since}: ${reason}`];
}

function entryLines({ id, action, policyVersion, origin = {}, outcome, undoes, undoneBy }: LedgerEntry) {
  const reason = outcome ? outcome.reason : 'under way, or its run did not end: the next sweep settles it';
  const { requestedBy, requestId } = origin;
  const asked = [requestedBy, requestId && `request ${requestId}`].filter((one) => one !== undefined);
  const notes = [
    reason,
    `${action.rules.join(' ')} | policy ${policyVersion}${asked.length > 0 ? ` | ${asked.join(', ')}` : ''}`,
    ...(undoes === undefined ? [] : [`takes ${undoes} back`]),
    ...(undoneBy === undefined ? [] : [`taken back by ${undoneBy}`]),
  ];
  const status = (outcome?.status ?? 'open').padEnd(9);
  return [`${id}  ${status}  ${action.kind}  ${shortName(action.resource)}`, ...notes.map((note) => `    ${note}`)];
}
