/** A call that takes longer is given up, and tried again by the SDK. */
const CONNECTION_TIMEOUT_MS = 3_000;
export const REQUEST_TIMEOUT_MS = 30_000;
/** The function that tells has a minute, for all that it tells. */
export const TELLING_TIMEOUT_MS = 10_000;
const MAX_SOCKETS = 50;

/** Settings of the SDK's connections. */
export function connections(requestTimeout: number) {
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  // without throwOnRequestTimeout the SDK only logs that the time is over, and waits on
  const timeouts = { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout, throwOnRequestTimeout: true };
  return { ...timeouts, httpAgent: agent, httpsAgent: agent };
}
