import { expect, it } from '@jest/globals';
import { arrivesAt } from '../../lib/snapshot/transport';

it.each([
  ['HTTP', 'tcp', true],
  ['HTTPS', 'udp', false],
  ['TLS', 'tcp', true],
  ['TCP', 'udp', false],
  ['UDP', 'udp', true],
  ['UDP', 'tcp', false],
  ['QUIC', 'udp', true],
  ['TCP_UDP', 'udp', true],
  ['TCP_UDP', 'tcp', true],
  ['TCP_QUIC', 'udp', true],
  [undefined, 'udp', true],
  ['TCP', undefined, true],
])('what a group of %s sends arrives at a binding of %s: %s', (group, protocol, arrives) => {
  expect(arrivesAt({ protocol: group }, { hostPort: 80, protocol })).toBe(arrives);
});
