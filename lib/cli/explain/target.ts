/** A target of a load balancer, as people write it. */
import { canonicalAddress } from '../../snapshot/address';
import type { Snapshot } from '../../snapshot/snapshot';
import { parseArn } from '../../trigger/arn';
import type { Request } from '../../trigger/request';
import { placed, type Here } from '../../trigger/selection';
import { UsageError } from '../failure';

/** An IPv6 address may stand in brackets, as in URLs. */
const TARGET = /^(arn:[^#]+:targetgroup\/[^#]+)#\[?(.+?)\]?(?::(\d+))?$/;
/** More would hide what is wrong. */
const MOST_TOLD = 5;

/** @throws UsageError or SelectionError saying what to write instead */
export function requestOfTarget(written: string, here: Here): Request {
  const [, group = ''] = TARGET.exec(written) ?? [];
  const arn = parseArn(group);
  if (!arn) {
    throw new UsageError(`--target ${written}: write <target-group-arn>#<target-id>:<port>, as findings name it`);
  }
  placed(`target ${written}`, arn, here);
  return { kind: 'target', ...here, id: written };
}

const ofGroup = ({ targets }: Snapshot, group: string) =>
  [...targets.values()].filter(({ targetGroupArn }) => targetGroupArn === group);

/** Its key in the snapshot, if it is there: the port may be left out, and the address be spelt in any way. */
export function targetKey(snapshot: Snapshot, written: string): string | undefined {
  if (snapshot.targets.has(written)) return written;
  const [, group = '', id = '', port] = TARGET.exec(written) ?? [];
  const fits = (address: string, asked: string | undefined) =>
    ofGroup(snapshot, group).find(
      (target) =>
        canonicalAddress(target.targetId) === canonicalAddress(address) &&
        (asked === undefined || String(target.port) === asked),
    )?.key;
  return fits(id, port) ?? (port === undefined ? undefined : fits(`${id}:${port}`, undefined));
}

/** Why there is no such target. */
export function noTarget(snapshot: Snapshot, written: string): UsageError {
  const [, group = ''] = TARGET.exec(written) ?? [];
  if (!snapshot.targetGroups.has(group)) {
    const { account, region } = snapshot;
    return new UsageError(`target ${written}: there is no target group ${group} in account ${account}, ${region}`);
  }
  const there = ofGroup(snapshot, group).map(({ key }) => key.slice(group.length + 1));
  const more = there.length > MOST_TOLD ? `, and ${String(there.length - MOST_TOLD)} more` : '';
  const instead = there.length === 0 ? 'nothing is' : `there are ${there.slice(0, MOST_TOLD).join(', ')}${more}`;
  return new UsageError(`target ${written}: it is not registered in its target group; ${instead}`);
}
