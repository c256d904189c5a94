import type { Request } from './request';

const identity = ({ kind, account, region, cluster = '', id }: Request): string =>
  [kind, account, region, cluster, id].join('|');

/**
 * Each resource once, in order of first mention. Of several, the least hops count: a fresh event starts the wait for
 * the instance's registration anew. No request swallows another: a task that is gone is in nobody's list any more, and
 * what overlaps is read only once anyway.
 */
export function dedupeRequests(requests: readonly Request[]): readonly Request[] {
  const kept = new Map<string, Request>();
  for (const request of requests) {
    const known = kept.get(identity(request));
    if (!known || (request.hops ?? 0) < (known.hops ?? 0)) kept.set(identity(request), request);
  }
  return [...kept.values()];
}
