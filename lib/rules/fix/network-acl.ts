import type { NetworkAcl, NetworkAclEntry } from '../../snapshot/network-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import { decidingEntries, PROTOCOL_NUMBERS, type Crossing } from '../network/acl';
import { awsCommand } from './shell';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html */
const LARGEST_RULE_NUMBER = 32_766;

/** Everything that the crossing asks for of one block, as an entry that allows it. */
function entryFor(crossing: Crossing, ipv6Cidr: string, ruleNumber: number): NetworkAclEntry {
  const { egress, protocol } = crossing;
  return {
    ...{ ruleNumber, egress },
    action: 'allow',
    protocol: PROTOCOL_NUMBERS[protocol],
    ipv6Cidr,
    ...(protocol === 'tcp' ? { ports: crossing.ports } : { icmp: { type: crossing.icmpType, code: -1 } }),
  };
}

/** A number that nothing has, before the first entry that denies some of the crossing; `undefined`: there is none. */
function freeNumber(acl: NetworkAcl, crossing: Crossing, taken: ReadonlySet<number>): number | undefined {
  const denying = decidingEntries(acl, crossing).find(({ action }) => action === 'deny');
  const last = Math.max(0, ...taken) + 1;
  let number = denying ? denying.ruleNumber - 1 : Math.min(last, LARGEST_RULE_NUMBER);
  while (taken.has(number)) number -= 1;
  return number > 0 ? number : undefined;
}

/** Entries that let the crossings through, with free numbers before whatever denies them. */
export function missingEntries(acl: NetworkAcl, crossings: readonly Crossing[]): readonly NetworkAclEntry[] {
  const taken = { out: new Set(acl.takenNumbers.out), in: new Set(acl.takenNumbers.in) };
  const wanted = crossings.flatMap((crossing) => crossing.peer.opened.map((cidr) => ({ crossing, cidr })));
  return wanted.flatMap(({ crossing, cidr }) => {
    const numbers = crossing.egress ? taken.out : taken.in;
    const number = freeNumber(acl, crossing, numbers);
    if (number === undefined) return [];
    numbers.add(number);
    return [entryFor(crossing, cidr, number)];
  });
}

function details({ ports, icmp }: NetworkAclEntry): readonly string[] {
  return [
    ...(ports ? ['--port-range', `From=${ports.from},To=${ports.to}`] : []),
    ...(icmp ? ['--icmp-type-code', `Type=${icmp.type},Code=${icmp.code}`] : []),
  ];
}

export function createEntry({ region }: Snapshot, { id }: NetworkAcl, entry: NetworkAclEntry): string {
  const { ruleNumber, egress, protocol, ipv6Cidr } = entry;
  const named = ['--network-acl-id', id, egress ? '--egress' : '--ingress', '--rule-number', String(ruleNumber)];
  const what = ['--rule-action', 'allow', '--protocol', protocol, '--ipv6-cidr-block', ipv6Cidr, ...details(entry)];
  return awsCommand(region, 'ec2', 'create-network-acl-entry', ...named, ...what);
}
