import { randomUUID } from 'node:crypto';
import pMap from 'p-map';
import { isDestructive, type Action, type TagAction, type UntagAction } from '../plan/action';
import type { Decided, Stages } from '../stages';
import { deregisterCloudMapInstance } from './deregister-cloudmap-instance';
import { deregisterTarget } from './deregister-target';
import { disableExec } from './disable-exec';
import { enablePrimaryIpv6 } from './enable-primary-ipv6';
import { countFight, fightAgainst } from './fights';
import { messageOf } from './message-of';
import type { Outcome } from './outcome';
import type { WritePorts } from './ports';
import { remove, type RemovalOptions } from './removal';
import { settle } from './settle';

/** ECS takes 20 tag writes at once and 10 a second: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
const TAG_CONCURRENCY = 4;

export interface ApplyOptions extends RemovalOptions {
  readonly ports: WritePorts;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/**
 * Carries out what the guard allowed, one outcome for each action, in order, after those that an earlier run left open.
 * A failed action stops no other.
 */
export function createApply(options: ApplyOptions): Stages['apply'] {
  const targets = deregisterTarget(options.ports);
  const instances = deregisterCloudMapInstance(options);
  const interfaces = enablePrimaryIpv6(options);
  const services = disableExec(options);

  const one = (action: Action, pass: Decided): Promise<Outcome> => {
    switch (action.kind) {
      case 'tag':
      case 'untag':
        return writeTags(action, pass, options);
      case 'deregister-target':
        return remove(action, targets, { pass, options });
      case 'deregister-cloudmap-instance':
        return remove(action, instances, { pass, options });
      case 'enable-primary-ipv6':
        return remove(action, interfaces, { pass, options });
      case 'disable-exec':
        return remove(action, services, { pass, options });
    }
  };
  const safely = async (action: Action, pass: Decided): Promise<Outcome> => {
    try {
      return await one(action, pass);
    } catch (error) {
      return { action, status: 'failed', reason: messageOf(error) };
    }
  };

  return async (actions, pass) => {
    const settled = isToSettle(actions, pass) ? await settle(pass, options) : [];
    const isTag = (action: Action): boolean => action.kind === 'tag' || action.kind === 'untag';
    const tags = await pMap(actions.filter(isTag), (action) => safely(action, pass), { concurrency: TAG_CONCURRENCY });
    const removals: Outcome[] = [];
    // one after the other: each removal must see what the one before it left
    for (const action of actions.filter((candidate) => !isTag(candidate))) removals.push(await safely(action, pass));
    return [...settled, ...tags, ...removals];
  };
}

/** Sweeps, and whoever is about to remove something; a dry run writes not even what it finds out. */
function isToSettle(actions: readonly Action[], { requests, settings }: Decided): boolean {
  if (settings.dryRun) return false;
  return requests.some(({ kind }) => kind === 'account') || actions.some(isDestructive);
}

async function writeTags(action: TagAction | UntagAction, pass: Decided, options: ApplyOptions): Promise<Outcome> {
  const { ports } = options;
  const known = { ...pass, readAt: pass.startedAt };
  const stop = await fightAgainst(action, known, options);
  if (stop) return await stop();
  const resource = { kind: action.resourceKind, arn: action.resource };
  if (action.kind === 'tag') await ports.tag(resource, action.to);
  else await ports.untag(resource, Object.keys(action.from));
  await countFight(action, { ...known, id: randomUUID() }, options);
  return { action, status: 'applied' };
}
