import type { Phrase } from '../known-error';

/** How programs say that no connection came about, whatever they wanted to reach. */
export const lostConnection: Phrase = [
  'i/o timeout',
  'connection timed out',
  'context deadline exceeded',
  'request canceled while waiting for connection',
  'Client.Timeout exceeded',
  'network is unreachable',
  'no route to host',
  'Address family for hostname not supported',
  'connection issue between the task and',
  'Connect timeout on endpoint URL',
  'Could not connect to the endpoint URL',
  'connect timed out',
  'ETIMEDOUT',
  'ENETUNREACH',
  'EHOSTUNREACH',
];
