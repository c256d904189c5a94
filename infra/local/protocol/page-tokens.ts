/**
 * Paging tokens as clients see them: opaque, good for one listing with the parameters it began with, and only for a
 * while. Behaviours number their pages as they like; this seals what they give and opens what comes back.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { ApiError } from '../kernel/api-error';
import type { Call } from '../kernel/operation';
import { createPageFill, withoutItems, type PageFill } from './page-fill';
import type { OperationModel } from './service-model';
import type { Fields } from './wire';

/** As EventBridge and Lambda state it; others state nothing: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html */
const LIFETIME_SECONDS = 24 * 3_600;

/** Services with an error of their own for a token that is too old; everywhere else it is a token like any wrong one. */
const EXPIRED: Readonly<Record<string, () => ApiError>> = {
  events: () => new ApiError('InvalidToken', 'The pagination token has expired.'),
};

const GIVEN = ['NextToken', 'nextToken', 'NextMarker'];
const TAKEN = ['NextToken', 'nextToken', 'Marker'];
/** How many a page holds may change from page to page. */
const SIZES = ['MaxResults', 'maxResults', 'MaxItems', 'MaxRecords', 'PageSize', 'Limit', 'limit'];

/** Half a digest tells listings apart, and keeps tokens within the 128 characters that EFS allows: https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html */
const LISTING_BYTES = 16;

/** What no behaviour takes for a token of its own: it answers with its service's error. */
const REFUSED = '!';

export interface PageTokens {
  /** @param service IAM prefix. The input with the behaviour's own token in place of the client's. */
  readonly open: (input: Fields, place: Place) => Fields;
  /** The output with a token for the client. */
  readonly seal: (output: Fields, input: Fields, place: Place) => Fields;
  /** How long tokens are good for from now on; AWS's time if absent. */
  readonly live: (seconds?: number) => void;
  /** How full pages are from now on. */
  readonly vary: PageFill['vary'];
}

export interface Place {
  /** IAM prefix. */
  readonly service: string;
  readonly call: Call;
  readonly model: OperationModel;
}

interface Sealed {
  readonly token: string;
  readonly listing: string;
  /** Milliseconds. */
  readonly at: number;
}

function memberNamed(names: readonly string[], members: ReadonlyMap<string, unknown>): string | undefined {
  return names.find((name) => members.has(name));
}

/** Names the listing that a token belongs to: who asks for what, whatever the page. */
function listingOf(input: Fields, { service, call: { scope, operation } }: Place): string {
  const parameters = Object.entries(input)
    .filter(([name, value]) => value !== undefined && !TAKEN.includes(name) && !SIZES.includes(name))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const asked = digest(JSON.stringify([scope.account, scope.region, service, operation, parameters]));
  return asked.subarray(0, LISTING_BYTES).toString('base64url');
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

function createSealer(seed: string) {
  const key = digest(seed);
  return {
    seal(sealed: Sealed): string {
      const text = JSON.stringify([sealed.token, sealed.listing, sealed.at]);
      const iv = digest(`${seed}${text}`).subarray(0, IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    /** undefined for what was not sealed here. */
    open(given: string): Sealed | undefined {
      const bytes = Buffer.from(given, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
      const opener = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES));
      opener.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const text = Buffer.concat([opener.update(bytes.subarray(IV_BYTES + TAG_BYTES)), opener.final()]);
        const [token, listing, at] = JSON.parse(text.toString('utf8')) as [string, string, number];
        return { token, listing, at };
      } catch {
        return undefined;
      }
    },
  };
}

/** @param seed the same seed gives the same tokens */
export function createPageTokens(seed: string): PageTokens {
  const sealer = createSealer(seed);
  let lifetimeMs = LIFETIME_SECONDS * 1_000;
  const fill = createPageFill();

  function tokenIn(given: string, input: Fields, place: Place): string {
    const sealed = sealer.open(given);
    if (sealed?.listing !== listingOf(input, place)) return REFUSED;
    if (place.call.scope.clock.now().getTime() - sealed.at <= lifetimeMs) return sealed.token;
    const expired = EXPIRED[place.service];
    if (expired) throw expired();
    return REFUSED;
  }

  function opened(input: Fields, place: Place): Fields {
    const name = memberNamed(TAKEN, place.model.input.byName);
    const given = name === undefined ? undefined : input[name];
    // an empty token asks for the first page
    if (name === undefined || typeof given !== 'string' || given === '') return input;
    return { ...input, [name]: tokenIn(given, input, place) };
  }

  function sealed(token: string, input: Fields, place: Place): string {
    const at = place.call.scope.clock.now().getTime();
    return sealer.seal({ token, listing: listingOf(input, place), at });
  }

  return {
    open: (input, place) => fill.shortened(opened(input, place), place),
    seal(output, input, place) {
      const name = memberNamed(GIVEN, place.model.output.byName);
      if (name === undefined) return output;
      if (fill.isHeldBack(output, input, place)) {
        // the next page begins where this one would have
        const { [name]: here = '' } = opened(input, place);
        return { ...withoutItems(output), [name]: sealed(String(here), input, place) };
      }
      const token = output[name];
      return typeof token === 'string' && token !== '' ? { ...output, [name]: sealed(token, input, place) } : output;
    },
    live(seconds = LIFETIME_SECONDS) {
      lifetimeMs = seconds * 1_000;
    },
    vary: fill.vary,
  };
}
