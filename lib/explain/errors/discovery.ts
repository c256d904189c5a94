/** Cloud Map and Service Connect: how services find each other. */
import type { KnownError } from '../known-error';

const DISCOVERY = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html';
const REGISTER = 'https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html';
const checked = '2026-11-21';

const records = {
  what: 'Which records has the Cloud Map service?',
  command:
    "aws servicediscovery list-services --query 'Services[].{id:Id,name:Name,records:DnsConfig.DnsRecords[].Type}'",
} as const;
const newService = {
  what: 'Make a new Cloud Map service with the records AAAA or SRV, and point the ECS service at it: the record type of this one cannot be changed.',
} as const;

export const discoveryErrors: readonly KnownError[] = [
  {
    id: 'registration-needs-ipv6-attribute',
    title: 'An AAAA service of Cloud Map gets an instance without an IPv6 address',
    certainty: 'possible',
    signs: [
      ['AWS_INSTANCE_IPV6', ['required', 'must', 'missing', 'not specified', 'invalid', 'not valid', 'InvalidInput']],
    ],
    rules: ['cloudmap-instance-without-ipv6', 'service-registry-record-type', 'task-without-ipv6'],
    cause:
      'Instances of a service with AAAA records need the attribute AWS_INSTANCE_IPV6. ECS sets it from the address of the task: the task has none, or somebody registers by hand without it.',
    checks: [
      records,
      {
        what: 'Which addresses has the task?',
        command:
          "aws ecs describe-tasks --cluster {cluster} --tasks {task} --query 'tasks[].containers[].networkInterfaces[]'",
      },
    ],
    fix: [{ what: 'Run the service in subnets that give its tasks IPv6 addresses.' }, newService],
    sources: [{ url: REGISTER, checked }],
  },
  {
    id: 'instance-id-gives-ipv4-only',
    title: 'A registration by EC2 instance id cannot be used for IPv6',
    certainty: 'possible',
    signs: [
      ['AWS_EC2_INSTANCE_ID', ['HTTP namespace', 'HttpNamespace', 'DNS', 'not supported', 'InvalidInput', 'not valid']],
    ],
    rules: ['cloudmap-instance-without-ipv6', 'cloudmap-instance-with-ipv4'],
    cause: 'AWS_EC2_INSTANCE_ID is for HTTP namespaces only, and gives the instance’s IPv4 address.',
    checks: [records],
    fix: [{ what: 'Register the address itself, as AWS_INSTANCE_IPV6.' }],
    sources: [{ url: REGISTER, checked }],
  },
  {
    id: 'name-without-aaaa',
    title: 'A name of Cloud Map has no AAAA record',
    certainty: 'possible',
    signs: [
      ['queryAaaa', ['ENODATA', 'ENOTFOUND', 'ETIMEOUT', 'ESERVFAIL']],
      [
        ['AAAA record', 'type AAAA'],
        ['timed out', 'timeout', 'no such host', 'SERVFAIL', 'no answer', 'not found'],
      ],
    ],
    rules: ['service-registry-record-type', 'cloudmap-instance-without-ipv6'],
    cause:
      'The Cloud Map service has A records only, or its instances carry no IPv6 address. Where a service has A and AAAA records and a health check, the check uses IPv4 only and marks both.',
    checks: [records],
    fix: [newService],
    sources: [
      { url: DISCOVERY, checked },
      { url: 'https://github.com/aws/containers-roadmap/issues/1331', checked, isThirdParty: true },
    ],
  },
  {
    id: 'service-connect-alias-over-ipv6',
    title: 'The IPv6 address of a Service Connect name does not answer a client',
    certainty: 'possible',
    signs: [
      [
        'while connecting to upstream',
        'upstream: http{any}[{ipv6}]',
        [
          'network is unreachable',
          'network unreachable',
          'connection refused',
          'timed out',
          'cannot assign requested address',
        ],
      ],
    ],
    rules: ['service-connect-loopback'],
    cause:
      'Service Connect writes an IPv4 and an IPv6 address for each name into /etc/hosts. NGINX uses both in turn and does not fall back, so that requests fail in a task without IPv6; in an IPv6-only task the proxy forwards to ::1, where the program has to listen.',
    checks: [
      {
        what: 'Does the service use Service Connect?',
        command:
          "aws ecs describe-services --cluster {cluster} --services {service} --query 'services[].deployments[].serviceConnectConfiguration'",
      },
    ],
    fix: [
      {
        what: 'Give the task IPv6, or keep the client on one family (in NGINX: resolver ... ipv6=off with a variable in proxy_pass).',
      },
      { what: 'Have the upstream listen on [::] besides 0.0.0.0.' },
    ],
    sources: [
      {
        url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html',
        checked,
      },
      { url: 'https://github.com/aws/containers-roadmap/issues/2742', checked: '2026-11-22', isThirdParty: true },
    ],
  },
];
