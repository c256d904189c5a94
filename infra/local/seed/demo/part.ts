/** What the demo's account is made of: each part has clusters of its own, and says what is wanted of them. */
import { stringify } from 'yaml';
import type { LocalAccount } from '../../local-account';

interface PartScope {
  /** Of this part alone. */
  readonly name: string;
  readonly match: { readonly clusters: readonly string[]; readonly services?: readonly string[] };
  readonly posture: 'ipv6-only' | 'dual-stack' | 'any';
  readonly deploymentGraceMinutes?: number;
}

interface PartExemption {
  readonly rule: string;
  readonly resource: string;
  readonly reason: string;
  readonly owner: string;
  /** YYYY-MM-DD */
  readonly until: string;
}

/** What a part adds to the policy of the account: with it, the part is wrong where it is meant to be. */
export interface PolicyPart {
  readonly scopes: readonly PartScope[];
  /** By id of the rule. */
  readonly rules?: Readonly<Record<string, { readonly options: Readonly<Record<string, unknown>> }>>;
  readonly exemptions?: readonly PartExemption[];
}

export interface DemoPart extends PolicyPart {
  readonly name: string;
  /** Where it leaves something besides the account's own region. */
  readonly regions?: readonly string[];
  /** Makes it, and lets the account's clock run until it has come to rest. */
  seed(account: LocalAccount): Promise<void>;
}

/** One policy of several parts, as YAML. It observes. @throws Error if two parts set the same rule */
export function composePolicy(parts: readonly PolicyPart[]): string {
  const settings = parts.flatMap(({ rules = {} }) => Object.entries(rules));
  const ids = settings.map(([id]) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`two parts of the demo set ${twice}: join their options`);
  const exemptions = parts.flatMap((part) => part.exemptions ?? []);
  return stringify({
    version: 1,
    mode: 'observe',
    scopes: parts.flatMap(({ scopes }) => scopes),
    ...(settings.length > 0 && { rules: Object.fromEntries(settings) }),
    ...(exemptions.length > 0 && { exemptions }),
  });
}
