import type { ModifyNetworkInterfaceAttributeRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { invalidCombination, invalidValue, missingParameter } from './ec2-error';
import { prefixesAgainstPrimary } from './ipv6-request';
import type { NetworkInterface } from './network-interface';
import { enablePrimaryIpv6, groupsOf } from './network-interface-lifecycle';
import { ownInterface } from './own-interface';

type Request = ModifyNetworkInterfaceAttributeRequest;
type Change = (scope: Scope, networkInterface: NetworkInterface, request: Request) => void;

/** What can be changed, parameter by parameter. */
const CHANGES = {
  Description(_, networkInterface, { Description }) {
    networkInterface.description = Description?.Value ?? '';
  },
  EnablePrimaryIpv6(_, { id, ipv6, ipv6Prefixes }, { EnablePrimaryIpv6 }) {
    if (EnablePrimaryIpv6 && ipv6Prefixes.length > 0) throw prefixesAgainstPrimary();
    if (EnablePrimaryIpv6) enablePrimaryIpv6(ipv6);
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
    else if (ipv6.some(({ isPrimary }) => isPrimary)) {
      throw invalidValue(`The primary IPv6 address of the network interface '${id}' cannot be disabled.`);
    }
  },
  Groups(scope, networkInterface, { Groups }) {
    networkInterface.groups = groupsOf(scope, networkInterface.vpcId, Groups);
  },
  SourceDestCheck(_, networkInterface, { SourceDestCheck }) {
    networkInterface.sourceDestCheck = SourceDestCheck?.Value ?? true;
  },
} satisfies Readonly<Partial<Record<keyof Request, Change>>>;

const NAMES = Object.keys(CHANGES);

/** Takes one attribute a call, as AWS does. */
export const modifyNetworkInterfaceAttribute = operation<Request, undefined>({
  accepts: ['NetworkInterfaceId', ...NAMES],
  authorize: (input, { scope }) => [
    {
      action: 'ec2:ModifyNetworkInterfaceAttribute',
      resource: arn(scope, 'ec2', `network-interface/${input.NetworkInterfaceId ?? '*'}`),
      context: { 'ec2:attribute': NAMES.filter((name) => name in input) },
    },
  ],
  run(input, { scope }) {
    const networkInterface = ownInterface(scope, input.NetworkInterfaceId);
    const changes = Object.entries(CHANGES).filter(([name]) => name in input);
    const [first, ...others] = changes;
    if (!first) throw missingParameter('attribute');
    if (others.length > 0) {
      throw invalidCombination('Fields for multiple attribute types specified: only one is allowed.');
    }
    first[1](scope, networkInterface, input);
  },
});
