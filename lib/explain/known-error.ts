/**
 * One message that ECS, Elastic Load Balancing, EC2, Cloud Map, the container agent or a client prints, as data: how it
 * is recognised, what causes it, how to look, how to mend it. All words are ours except the few that recognise it.
 */

/**
 * Words of a message, compared without case, spaces, line breaks and quotes. Between braces stands what differs from one
 * message to the next: `{ipv6}`, `{ipv4}`, `{host}`, `{n}` (a number), `{any}` (up to 120 characters). A list: any of them.
 */
export type Phrase = string | readonly string[];

/** One way to say it: all of these phrases, near each other, in any order. */
export type Sign = readonly Phrase[];

/** Where the message or its cause is written down. */
export interface ErrorSource {
  readonly url: string;
  /** YYYY-MM-DD, the day on which it was last read. */
  readonly checked: string;
  /** Somebody other than AWS says so. */
  readonly isThirdParty?: true;
}

/** Something to look at or to do. */
export interface Step {
  readonly what: string;
  /**
   * An `aws` command without `--region`. What stands between braces is filled in from the text: `{instance}`,
   * `{instances}` (all of them), and so on as in `NamedThings`.
   */
  readonly command?: string;
}

export interface KnownError {
  /** Permanent, kebab-case. */
  readonly id: string;
  /** The fault as a fact, at most 80 characters. */
  readonly title: string;
  /** possible: the message has causes, too, that have nothing to do with IPv6. */
  readonly certainty: 'sure' | 'possible';
  /** It explains a whole family of messages: anything more particular goes before it. */
  readonly isGeneral?: true;
  readonly signs: readonly Sign[];
  /** With one of these beside it, it is something else. */
  readonly unless?: readonly string[];
  /** Ids of the rules that find the cause in an account. */
  readonly rules: readonly string[];
  readonly cause: string;
  readonly checks: readonly Step[];
  readonly fix: readonly Step[];
  readonly sources: readonly [ErrorSource, ...ErrorSource[]];
}
