import type { PolicyDocument } from './schema';

interface Setting {
  readonly path: readonly string[];
  /** What holds instead. */
  readonly instead: string;
  /** Whether the document asks for something else than what holds. */
  readonly isAsked: (document: PolicyDocument) => boolean;
}

/** Digest window of the template's alert queue, in minutes: what holds whatever the policy says. */
const DIGEST_MINUTES = 5;

/** Settings that this version knows and does not obey. Take one out when what it sets is there. */
const settings: readonly Setting[] = [
  {
    path: ['alerts', 'digestMinutes'],
    instead: `alerts are gathered for ${String(DIGEST_MINUTES)} minutes`,
    isAsked: ({ alerts }) => alerts.digestMinutes !== DIGEST_MINUTES,
  },
];

export interface WithoutEffect {
  readonly path: readonly string[];
  readonly message: string;
}

/** What a policy sets that has no effect in this version: it is valid, and people have to know. */
export function withoutEffect(document: PolicyDocument): readonly WithoutEffect[] {
  return settings
    .filter(({ isAsked }) => isAsked(document))
    .map(({ path, instead }) => ({ path, message: `has no effect in this version: ${instead}` }));
}
