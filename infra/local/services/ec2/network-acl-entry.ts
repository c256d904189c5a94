/** What a rule of a network ACL may say: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html */
import type { CreateNetworkAclEntryRequest } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Cidr } from './cidr';
import { parseCidr } from './cidr';
import { invalidCombination, invalidValue, missingParameter } from './ec2-error';
import type { NetworkAcl, NetworkAclEntry } from './network-acl';

const RULE_NUMBER = { min: 1, max: 32_766 };
const MAX_PORT = 65_535;
const MAX_PROTOCOL = 255;
/** In one direction and of one family, the last rule included: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls */
const MAX_RULES = 20;

const NUMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ all: '-1', icmp: '1', tcp: '6', udp: '17', icmpv6: '58' }),
);
const WITH_PORTS: readonly string[] = ['6', '17'];

type Request = Pick<
  CreateNetworkAclEntryRequest,
  'Egress' | 'RuleNumber' | 'RuleAction' | 'Protocol' | 'CidrBlock' | 'Ipv6CidrBlock' | 'PortRange' | 'IcmpTypeCode'
>;

export const ENTRY_PARAMETERS = [
  ...['NetworkAclId', 'Egress', 'RuleNumber', 'RuleAction', 'Protocol', 'CidrBlock', 'Ipv6CidrBlock', 'PortRange'],
  'IcmpTypeCode',
];

/** The rule that a request spells out, checked. */
export function entryFrom(request: Request): NetworkAclEntry {
  const cidr = cidrOf(request);
  const protocol = protocolOf(request.Protocol);
  return {
    egress: request.Egress ?? false,
    ruleNumber: checkRuleNumber(request.RuleNumber),
    action: actionOf(request.RuleAction),
    protocol,
    cidr,
    ports: WITH_PORTS.includes(protocol) ? portsOf(request) : undefined,
    icmp: isIcmp(protocol, cidr) ? icmpOf(request) : undefined,
  };
}

/** A number that callers may give to a rule: those beyond it belong to the rules that nobody can change. */
export function checkRuleNumber(ruleNumber: number | undefined): number {
  if (ruleNumber === undefined) throw missingParameter('ruleNumber');
  if (ruleNumber >= RULE_NUMBER.min && ruleNumber <= RULE_NUMBER.max) return ruleNumber;
  throw invalidValue(
    `Invalid value '${String(ruleNumber)}' for ruleNumber. Must be between ${String(RULE_NUMBER.min)} and ${String(RULE_NUMBER.max)}.`,
  );
}

export function findEntry(
  { entries }: NetworkAcl,
  { egress, ruleNumber }: Pick<NetworkAclEntry, 'egress' | 'ruleNumber'>,
): NetworkAclEntry | undefined {
  return entries.find((entry) => entry.egress === egress && entry.ruleNumber === ruleNumber);
}

/** Refuses a rule too many. */
export function checkRoom({ entries }: NetworkAcl, { egress, cidr }: NetworkAclEntry): void {
  const alike = entries.filter((entry) => entry.egress === egress && entry.cidr.family === cidr.family);
  if (alike.length < MAX_RULES) return;
  throw new ApiError(
    'NetworkAclEntryLimitExceeded',
    'The maximum number of network acl entries has been reached for the network acl.',
  );
}

function cidrOf({ CidrBlock, Ipv6CidrBlock }: Request): Cidr {
  if (CidrBlock !== undefined && Ipv6CidrBlock !== undefined) {
    throw invalidCombination('Only one of cidrBlock and ipv6CidrBlock may be specified.');
  }
  const text = CidrBlock ?? Ipv6CidrBlock;
  if (text === undefined) throw missingParameter('cidrBlock or ipv6CidrBlock');
  const cidr = parseCidr(text);
  if (cidr?.family === (CidrBlock === undefined ? 6 : 4)) return cidr;
  throw invalidValue(`Value (${text}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`);
}

function protocolOf(text = ''): string {
  const lower = text.toLowerCase();
  const number = NUMBERS.get(lower) ?? lower;
  if (number === '-1' || (/^\d{1,3}$/.test(number) && Number(number) <= MAX_PROTOCOL)) return number;
  throw invalidValue(`Invalid value '${text}' for IP protocol. Unknown protocol.`);
}

function actionOf(action: Request['RuleAction']): NetworkAclEntry['action'] {
  if (action === 'allow' || action === 'deny') return action;
  throw invalidValue(`Invalid value '${String(action)}' for rule action. Must be 'allow' or 'deny'.`);
}

function portsOf({ PortRange: { From, To } = {} }: Request): NetworkAclEntry['ports'] {
  if (From === undefined || To === undefined) throw missingParameter('portRange');
  if (From < 0 || To > MAX_PORT || From > To) {
    throw invalidValue(`Invalid TCP/UDP port range (${String(From)}:${String(To)})`);
  }
  return { from: From, to: To };
}

/** With an IPv4 block, ICMPv6 is a protocol like any other. */
function isIcmp(protocol: string, { family }: Cidr): boolean {
  return protocol === '1' || (protocol === '58' && family === 6);
}

function icmpOf({ IcmpTypeCode: { Type, Code } = {} }: Request): NetworkAclEntry['icmp'] {
  if (Type === undefined || Code === undefined) throw missingParameter('icmpTypeCode');
  return { type: Type, code: Code };
}
