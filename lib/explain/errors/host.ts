/** EC2 and templates: what cannot be asked of an instance, and what templates cannot say. */
import type { KnownError } from '../known-error';

const ADDRESSING = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html';
const checked = '2026-11-21';

const interfaces = {
  what: 'Which addresses and prefixes has the interface?',
  command:
    "aws ec2 describe-network-interfaces --network-interface-ids {networkInterface} --query 'NetworkInterfaces[].{addresses:Ipv6Addresses,prefixes:Ipv6Prefixes}'",
} as const;

export const hostErrors: readonly KnownError[] = [
  {
    id: 'primary-ipv6-is-for-ever',
    title: 'A primary IPv6 address cannot be taken away',
    certainty: 'sure',
    signs: [
      [
        ['EnablePrimaryIpv6', 'enable-primary-ipv6', 'enable_primary_ipv6', 'primary IPv6 address'],
        ['cannot disable', 'cant disable', 'cannot be disabled', 'you cannot disable it', 'disabling is not supported'],
      ],
    ],
    rules: ['instance-without-primary-ipv6'],
    cause:
      'A primary IPv6 address stays until the instance ends or the interface is detached: AWS has no call that takes it away.',
    checks: [interfaces],
    fix: [{ what: 'Leave it on, which does no harm, or replace the instance.' }],
    sources: [{ url: ADDRESSING, checked }],
  },
  {
    id: 'ipv6-addresses-and-prefixes',
    title: 'IPv6 addresses and IPv6 prefixes are asked for at once',
    certainty: 'sure',
    signs: [
      ['only specify one of ipv6-addresses or ipv6-addresses-count ipv6-prefix and ipv6-prefix-count'],
      ['only specify one of', 'ipv6-addresses-count', 'ipv6-prefix'],
    ],
    rules: ['instance-launch-template-without-primary-ipv6', 'instance-without-primary-ipv6'],
    cause:
      'An interface is launched with addresses or with prefixes, not with both in one call. A primary IPv6 address is an address: an interface that gets a prefix only has none.',
    checks: [interfaces],
    fix: [
      {
        what: 'Ask for one IPv6 address (Ipv6AddressCount 1) and PrimaryIpv6 in the launch template; add prefixes later.',
      },
    ],
    sources: [{ url: 'https://github.com/aws/karpenter-provider-aws/issues/2187', checked, isThirdParty: true }],
  },
  {
    id: 'property-not-in-template-language',
    title: 'A template asks an instance for a primary IPv6 address, which it cannot',
    certainty: 'sure',
    signs: [
      [
        ['unsupported property', 'extraneous key', 'is not permitted', 'not expected here', 'Unsupported argument'],
        ['EnablePrimaryIpv6', 'PrimaryIpv6', 'enable_primary_ipv6', 'primary_ipv6'],
      ],
    ],
    rules: ['instance-launch-template-without-primary-ipv6', 'instance-without-primary-ipv6'],
    cause:
      'CloudFormation knows the setting on a launch template (NetworkInterfaces[].PrimaryIpv6) and on AWS::EC2::NetworkInterface (EnablePrimaryIpv6), not on AWS::EC2::Instance. In Terraform it depends on the version of the provider.',
    checks: [{ what: 'On which resource does the template set it, and which version of the provider is locked?' }],
    fix: [{ what: 'Move the setting to the launch template, and make instances from that; or update the provider.' }],
    sources: [
      {
        url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-networkinterface.html',
        checked,
      },
      { url: 'https://github.com/hashicorp/terraform-provider-aws/issues/33733', checked, isThirdParty: true },
    ],
  },
  {
    id: 'metadata-over-ipv6-on-xen',
    title: 'Instance metadata over IPv6 is asked of an instance type that is not Nitro',
    certainty: 'sure',
    signs: [['HttpProtocolIpv6', ['Xen', 'cannot be enabled']]],
    rules: ['instance-type-without-ipv6'],
    cause:
      'Only Nitro instances serve metadata over IPv6, and only Nitro instances run in IPv6-only subnets. The type of this instance is not one of them.',
    checks: [
      {
        what: 'Which type is it?',
        command:
          "aws ec2 describe-instances --instance-ids {instances} --query 'Reservations[].Instances[].InstanceType'",
      },
      {
        what: 'Which types are Nitro and have IPv6?',
        command:
          "aws ec2 describe-instance-types --filters Name=hypervisor,Values=nitro Name=network-info.ipv6-supported,Values=true --query 'InstanceTypes[].InstanceType'",
      },
    ],
    fix: [
      { what: 'Change the instance type in the launch template to a Nitro type; leave the option off until then.' },
    ],
    sources: [
      { url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html', checked },
      { url: 'https://github.com/aws/aws-ec2-imdsv2-get/pull/6', checked, isThirdParty: true },
    ],
  },
  {
    id: 'dual-stack-setting',
    title: 'The account setting dualStackIPv6 is refused or off',
    certainty: 'possible',
    signs: [['dualStackIPv6']],
    rules: ['account-dual-stack-setting-off', 'task-without-ipv6'],
    cause:
      'Tasks in dual-stack subnets get an IPv6 address only if the account setting dualStackIPv6 is enabled. Some SDKs and tools do not know the name of the setting and refuse it before the call is made.',
    checks: [
      {
        what: 'What holds now?',
        command: 'aws ecs list-account-settings --effective-settings --query "settings[?name==\'dualStackIPv6\']"',
      },
    ],
    fix: [
      {
        what: 'Turn it on; tasks that start from then on have IPv6.',
        command: 'aws ecs put-account-setting-default --name dualStackIPv6 --value enabled',
      },
    ],
    sources: [
      { url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html', checked },
    ],
  },
];
