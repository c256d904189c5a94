/**
 * What listens where. The local account runs no programs: ECS says which ports its tasks have open, and for everything
 * else a tag on an instance or a network interface says it.
 */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { NetworkInterface } from './network-interface';
import { tagsOf } from './tag';

/** Ports, separated by blanks, on which whatever runs there listens, e.g. `80 8080`; `*` for every port. */
const LISTENS_TAG = 'local-account:listens';

export interface Socket {
  /** Id of the network interface. */
  readonly interfaceId: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

interface Sockets {
  /** `<interface>/<protocol>/<port>` to how many have it open. */
  readonly open: Map<string, number>;
  readonly byOwner: Map<string, readonly string[]>;
}

const sockets = defineStore((): Sockets => ({ open: new Map(), byOwner: new Map() }));

/** @param owner whoever closes them again, e.g. the ARN of a task */
export function openSockets(scope: Scope, owner: string, wanted: readonly Socket[]): void {
  const { open, byOwner } = sockets(scope);
  closeSockets(scope, owner);
  const keys = wanted.map(keyOf);
  for (const key of keys) open.set(key, (open.get(key) ?? 0) + 1);
  if (keys.length > 0) byOwner.set(owner, keys);
}

export function closeSockets(scope: Scope, owner: string): void {
  const { open, byOwner } = sockets(scope);
  for (const key of byOwner.get(owner) ?? []) {
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  }
  byOwner.delete(owner);
}

/** Would a connection to this TCP port be taken, on whatever address of the interface it comes? */
export function isListening(scope: Scope, { id, attachment }: NetworkInterface, port: number): boolean {
  if (sockets(scope).open.has(keyOf({ interfaceId: id, protocol: 'tcp', port }))) return true;
  return [id, attachment?.instanceId].some((each) => each !== undefined && isTagged(scope, each, port));
}

function isTagged(scope: Scope, resourceId: string, port: number): boolean {
  const ports = tagsOf(scope, resourceId).get(LISTENS_TAG)?.split(' ') ?? [];
  return ports.includes('*') || ports.includes(String(port));
}

function keyOf({ interfaceId, protocol, port }: Socket): string {
  return `${interfaceId}/${protocol}/${String(port)}`;
}
