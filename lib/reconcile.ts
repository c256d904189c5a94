/** One level-triggered pass: read everything, decide purely, write the difference, tell people. */
import { evaluate } from './evaluate/evaluate';
import { guard } from './guard/guard';
import { plan } from './plan/plan';
import { lowerMode } from './policy/mode';
import { rules } from './rules/registry';
import type { Result, RunSettings, Stages } from './stages';
import { requeue } from './trigger/requeue';
import type { Request } from './trigger/request';

export async function reconcile(requests: readonly Request[], settings: RunSettings, stages: Stages): Promise<Result> {
  const startedAt = stages.now();
  const policy = lowerMode(await stages.loadPolicy(requests, settings), settings.modeCeiling);
  const snapshot = await stages.collect(requests, policy, settings);

  const now = stages.now();
  const wanted = settings.onlyRules ? rules.filter((rule) => settings.onlyRules?.includes(rule.meta.id)) : rules;
  const evaluation = evaluate({ snapshot, policy: policy.policy, rules: wanted, now });
  const planned = plan({
    evaluation,
    snapshot,
    policy: policy.policy,
    now,
    isPartial: settings.onlyRules !== undefined,
  });
  const memory = await stages.recall({ snapshot, evaluation, planned }, settings);
  const { allowed, withheld } = guard({ actions: planned, evaluation, snapshot, policy, memory, settings, now });

  const applied = await stages.apply(allowed, { requests, settings, policy, snapshot, evaluation, memory, startedAt });
  const outcomes = [...applied, ...withheld];
  const report = await stages.report({ requests, settings, policy, snapshot, evaluation, outcomes, startedAt }, memory);

  return { report, requeue: requeue(requests, snapshot, outcomes) };
}
