/** Rules that run by the clock. */
import type { Scope } from '../../kernel/scope';
import { startDeliveries } from './dispatch';
import type { Rule } from './state';

/** Starts the rule's schedule anew, or stops it if the rule has none any more or is disabled. */
export function armSchedule(scope: Scope, rule: Rule): void {
  rule.cancelTimer();
  const since = scope.clock.now();
  if (rule.schedule && rule.state !== 'DISABLED') armNext(scope, rule, since);
}

function armNext(scope: Scope, rule: Rule, since: Date): void {
  const now = scope.clock.now();
  const next = rule.schedule?.schedule.next(since, now);
  if (!next) return;
  rule.cancelTimer = scope.clock.after(next.getTime() - now.getTime(), () => {
    run(scope, rule, next);
    armNext(scope, rule, since);
  });
}

function run(scope: Scope, rule: Rule, time: Date): void {
  const event = {
    version: '0' as const,
    id: scope.ids.uuid(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: scope.account,
    time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region: scope.region,
    resources: [rule.arn],
    detail: {},
  };
  startDeliveries(scope, rule, { event, hops: 0 });
}
