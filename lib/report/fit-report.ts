/** A report that a function can answer with. */
import type { Finding } from '../evaluate/finding';
import type { Outcome } from '../apply/outcome';
import type { Report } from './report';

/**
 * Lambda refuses an answer of more than 6 MB (6,291,556 bytes, as its error says), and it is not known whether it counts
 * the bytes as they were sent: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAX_BYTES = 5_500_000;
/** What each list may have at most, so that none crowds out the others; what one leaves goes to the findings. */
const SHARE = { gaps: 0.1, actions: 0.3 };
/** Room for `omitted` itself. */
const SPARE_BYTES = 1_000;

const REST =
  'a function answers with 6 MB at most; name a cluster or a service, or run `ecs-ipv6 audit`, which has no limit';

const FINDINGS: readonly Finding['status'][] = ['open', 'unknown', 'exempt'];
const OUTCOMES: readonly Outcome['status'][] = ['failed', 'applied', 'withheld', 'planned', 'unchanged'];

/** As it is if it fits; else with what matters most, and the number of what is left out. */
export function fitReport(report: Report, maxBytes = MAX_BYTES): Report {
  const { findings, actions, gaps, ...rest } = report;
  const head = bytesOf(rest);
  if ([findings, actions, gaps].reduce((sum, list) => sum + bytesOfAll(list), head) <= maxBytes) return report;
  const room = maxBytes - head - SPARE_BYTES;
  const keptGaps = asManyAsFit(gaps, room * SHARE.gaps);
  const keptActions = asManyAsFit(inOrder(actions, OUTCOMES), room * SHARE.actions);
  const left = room - bytesOfAll(keptGaps) - bytesOfAll(keptActions);
  const keptFindings = asManyAsFit(inOrder(findings, FINDINGS), left);
  const omitted = {
    findings: findings.length - keptFindings.length,
    actions: actions.length - keptActions.length,
    gaps: gaps.length - keptGaps.length,
    rest: REST,
  };
  return { ...report, omitted, findings: keptFindings, actions: keptActions, gaps: keptGaps };
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;
const bytesOfAll = (list: readonly unknown[]): number => list.reduce<number>((sum, one) => sum + bytesOf(one), 0);

/** Those that say more first; the order among equals stays. */
function inOrder<Item extends { readonly status: string }>(items: readonly Item[], order: readonly string[]) {
  return [...items].sort((left, right) => order.indexOf(left.status) - order.indexOf(right.status));
}

/** One that is too large by itself makes room for those after it. */
function asManyAsFit<Item>(items: readonly Item[], room: number): readonly Item[] {
  let left = room;
  return items.filter((item) => {
    const bytes = bytesOf(item);
    if (bytes > left) return false;
    left -= bytes;
    return true;
  });
}
