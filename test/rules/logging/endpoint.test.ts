import { describe, expect, it } from '@jest/globals';
import { apiSuffixes } from '../../../lib/facts/log-endpoints';
import { reachOf } from '../../../lib/rules/logging/endpoint';

const reach = (endpoint: string, fipsLogsDualStack = false) =>
  reachOf(endpoint, { suffixes: apiSuffixes.value, fipsLogsDualStack });

describe('a log endpoint', () => {
  it.each([
    ['https://logs.eu-west-2.amazonaws.com', 'https://logs.eu-west-2.api.aws'],
    ['HTTPS://Logs.EU-West-2.amazonaws.com:443/', 'HTTPS://logs.eu-west-2.api.aws:443/'],
    ['logs.eu-west-2.amazonaws.com', 'logs.eu-west-2.api.aws'],
    ['https://logs.us-gov-west-1.amazonaws.com', 'https://logs.us-gov-west-1.api.aws'],
    ['https://firehose.cn-north-1.amazonaws.com.cn', 'https://firehose.cn-north-1.api.amazonwebservices.com.cn'],
    ['https://logs.eusc-de-east-1.amazonaws.eu', 'https://logs.eusc-de-east-1.api.amazonwebservices.eu'],
    ['logs.eu-west-12.amazonaws.com', 'logs.eu-west-12.api.aws'],
    ['https://logs.us-iso-east-1.c2s.ic.gov', 'https://logs.us-iso-east-1.api.aws.ic.gov'],
    ['https://logs.us-isob-east-1.sc2s.sgov.gov', 'https://logs.us-isob-east-1.api.aws.scloud'],
  ])('%s is an API by its IPv4-only name: %s', (endpoint, rewritten) => {
    expect(reach(endpoint)).toMatchObject({ kind: 'ipv4-only', rewritten });
  });

  it.each([
    'logs-fips.us-east-1.amazonaws.com',
    'logs-fips.ca-west-1.amazonaws.com',
    'firehose-fips.us-gov-west-1.amazonaws.com',
  ])('%s is a FIPS endpoint over IPv4, of which no other name is known', (host) =>
    expect(reach(`https://${host}`)).toEqual({ kind: 'ipv4-only', host }),
  );

  it('has a dual-stack FIPS name once CloudWatch Logs has one', () => {
    const [old, now] = ['https://logs-fips.us-east-1.amazonaws.com', 'https://logs-fips.us-east-1.api.aws'];
    expect(reach(old, true)).toMatchObject({ rewritten: now });
    expect([reach(now, true), reach(now).kind]).toEqual([{ kind: 'ipv6' }, 'unknown']);
    expect(reach('https://firehose-fips.us-east-1.amazonaws.com', true)).not.toHaveProperty('rewritten');
  });

  it('may have names that a policy adds for any partition', () => {
    const suffixes = [{ ipv4: 'aws.example', dualStack: 'api.aws.example' }];
    const names = { suffixes, fipsLogsDualStack: false };
    expect(reachOf('logs.eu-west-2.aws.example', names)).toMatchObject({ rewritten: 'logs.eu-west-2.api.aws.example' });
  });

  it.each(['10.0.0.5', 'tcp://10.0.0.5:24224', '10.0.0.5:24224', 'udp://203.0.113.9:514'])(
    '%s is an IPv4 address',
    (endpoint) => expect(reach(endpoint)).toEqual({ kind: 'ipv4-only', host: expect.stringMatching(/^[\d.]+$/) }),
  );

  it.each([
    ...['https://logs.eu-west-2.api.aws', 'https://logs.cn-north-1.api.amazonwebservices.com.cn'],
    ...['https://s3.dualstack.eu-west-2.amazonaws.com', 'tcp://[2001:db8::1]:514', '2001:db8::1', '[::1]:24224'],
    ...[
      'localhost:24224',
      '127.0.0.1:24224',
      'unix:///var/run/fluent.sock',
      'UNIX:///dev/log',
      ' localhost:24224 ',
      'unixgram:///dev/log',
      'unix://dev/log',
      'UNIXGRAM://run/syslog.sock',
      '',
      'https://',
    ],
  ])('%s can do without IPv4', (endpoint) => expect(reach(endpoint)).toEqual({ kind: 'ipv6' }));

  it.each([
    ['https://splunk.example.com:8088', 'splunk.example.com'],
    ['https://vpce-1-x.logs.eu-west-2.vpce.amazonaws.com', 'vpce-1-x.logs.eu-west-2.vpce.amazonaws.com'],
    ['logs-1.elb.amazonaws.com:24224', 'logs-1.elb.amazonaws.com'],
    ['logs-1.eu-west-2.elb.amazonaws.com', 'logs-1.eu-west-2.elb.amazonaws.com'],
    ['https://logs.s3.eu-west-2.amazonaws.com', 'logs.s3.eu-west-2.amazonaws.com'],
    ['logs.cn-north-1.amazonaws.com', 'logs.cn-north-1.amazonaws.com'],
    ['logs.us-gov-west-1.amazonaws.com.cn', 'logs.us-gov-west-1.amazonaws.com.cn'],
    ['amazonaws.com', 'amazonaws.com'],
    ['logs.eu-west-2.amazonaws.com.example.com', 'logs.eu-west-2.amazonaws.com.example.com'],
    ['169.254.170.2:24224', '169.254.170.2'],
    ['fluentd:24224', 'fluentd'],
    ['tcp://a\nb:1', 'a\nb'],
    ['10', '10'],
    ['fluentd:24224/tcp://x', 'fluentd'],
    ['a.unix://x:1', 'x'],
    ['fluentd/[::1]', 'fluentd'],
    ['logs.eu-west-2', 'logs.eu-west-2'],
    ['xamazonaws.com', 'xamazonaws.com'],
    ['s3.dualstack.example.com', 's3.dualstack.example.com'],
  ])('nothing is known of %s', (endpoint, host) => expect(reach(endpoint)).toEqual({ kind: 'unknown', host }));
});
