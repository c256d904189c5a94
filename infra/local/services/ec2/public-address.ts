import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { addressAt, cidrSize, parseCidr } from './cidr';

/** Amazon's public IPv4 space of the local account. */
const POOL = '35.176.0.0/15';

const taken = defineStore(() => new Set<string>());

/** A public IPv4 address that nobody else of the account and region has. */
export function takePublicIpv4(scope: Scope): string {
  const pool = parseCidr(POOL);
  if (!pool) throw new Error(`${POOL} is no CIDR block`);
  for (;;) {
    const address = addressAt(pool, BigInt(`0x${scope.ids.hex(8)}`) % cidrSize(pool));
    if (taken(scope).has(address)) continue;
    taken(scope).add(address);
    return address;
  }
}

export function giveBackPublicIpv4(scope: Scope, address: string): void {
  taken(scope).delete(address);
}
