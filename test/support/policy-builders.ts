/** Policies for tests: the built-in values, except what the test names. */
import type { LoadedPolicy, Policy, PolicyScope } from '../../lib/policy/policy';

/** A scope for everything that wants what is there. */
export function aScope(over: Partial<PolicyScope> = {}): PolicyScope {
  return {
    name: 'all',
    match: { accounts: [], regions: [], clusters: [], services: [], tags: {} },
    posture: 'any',
    deploymentGraceMinutes: 60,
    ...over,
  };
}

/** The built-in policy's values. */
export function aPolicy(over: Partial<Policy> = {}): Policy {
  return {
    version: 1,
    mode: 'observe',
    scopes: [aScope()],
    rules: {},
    facts: {},
    exemptions: [],
    guard: {
      deregister: {
        perRun: 5,
        perHour: 20,
        minHealthyPercent: 50,
        minHealthyPerZone: 1,
        orphanMinutes: 15,
        healthyOrphans: 'report',
        ecsManaged: 'never',
      },
      heal: { perRun: 10, perHour: 50 },
      disableExec: { perRun: 5, perHour: 20 },
    },
    alerts: { minSeverity: 'medium', digestMinutes: 5, remindAfterHours: 24 },
    tags: { prefix: 'ecs-ipv6', propagating: false },
    ...over,
  };
}

export function aLoadedPolicy(over: Partial<Policy> = {}): LoadedPolicy {
  return {
    policy: aPolicy(over),
    policyVersion: 'v1',
    origin: 'parameter',
    problems: [],
    warnings: [],
    enforcementOn: true,
  };
}
