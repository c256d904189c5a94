import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { ipCompatibilityIn } from '../../lib/aws/user-data';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const config = (line: string): string =>
  `#!/bin/bash\ncat <<'EOF' >> /etc/ecs/ecs.config\nECS_CLUSTER=prod\n${line}\nEOF\n`;
const mime = (header: string, body: string): string =>
  `Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\n${header}\n\n${body}\n--b--\n`;

describe('ipCompatibilityIn', () => {
  it.each([
    ['no user data', '', 'unset'],
    ['a script that says nothing of it', config('ECS_LOGLEVEL=debug'), 'unset'],
    ['ipv4', config('ECS_INSTANCE_IP_COMPATIBILITY=ipv4'), 'ipv4'],
    ['ipv6', config('ECS_INSTANCE_IP_COMPATIBILITY=ipv6'), 'ipv6'],
    ['quotes and capitals', config('ECS_INSTANCE_IP_COMPATIBILITY="IPv4"'), 'ipv4'],
    ['one line', "echo 'ECS_INSTANCE_IP_COMPATIBILITY=ipv6' >> /etc/ecs/ecs.config", 'ipv6'],
    ['one line with more', 'echo -e "ECS_CLUSTER=a;ECS_INSTANCE_IP_COMPATIBILITY=ipv4;A=b"', 'ipv4'],
    ['JSON', '{"ECS_INSTANCE_IP_COMPATIBILITY": "ipv4"}', 'ipv4'],
    ['the same twice', config('ECS_INSTANCE_IP_COMPATIBILITY=ipv4\nECS_INSTANCE_IP_COMPATIBILITY=ipv4'), 'ipv4'],
    ['a part of MIME', mime('Content-Type: text/x-shellscript', config('ECS_INSTANCE_IP_COMPATIBILITY=ipv4')), 'ipv4'],
    ['a comment', config('# ECS_INSTANCE_IP_COMPATIBILITY=ipv4'), 'unset'],
    ['a comment behind something', config('ECS_A=b # ECS_INSTANCE_IP_COMPATIBILITY=ipv4'), 'unset'],
    ['branches', config('ECS_INSTANCE_IP_COMPATIBILITY=ipv4\nECS_INSTANCE_IP_COMPATIBILITY=ipv6'), 'unreadable'],
    ['a variable', config('ECS_INSTANCE_IP_COMPATIBILITY=$FAMILY'), 'unreadable'],
    ['an edit', 'sed -i s/ECS_INSTANCE_IP_COMPATIBILITY.*// /etc/ecs/ecs.config', 'unreadable'],
    ['an empty value', config('ECS_INSTANCE_IP_COMPATIBILITY='), 'unreadable'],
    ['an encoded part', mime('Content-Transfer-Encoding: base64', base64('ECS_CLUSTER=a')), 'unreadable'],
    [
      'a value beside an encoded part',
      `ECS_INSTANCE_IP_COMPATIBILITY=ipv4\n${mime('Content-Transfer-Encoding: base64', 'RUNT')}`,
      'unreadable',
    ],
    ['an encoded file', '#cloud-config\nwrite_files:\n- encoding: gz+b64\n  content: H4sI', 'unreadable'],
    ['an included file', '#include\nhttps://example.com/user-data', 'unreadable'],
    ['a config from elsewhere', 'aws s3 cp s3://b/ecs.config /etc/ecs/ecs.config', 'unreadable'],
  ])('tells %s', (_, text, answer) => {
    expect(ipCompatibilityIn(base64(text))).toBe(answer);
    expect(ipCompatibilityIn(gzipSync(text).toString('base64'))).toBe(answer);
  });

  it('cannot tell what is broken, and does not swell beyond measure', () => {
    const packed = gzipSync(Buffer.alloc(8 * 1024 * 1024));
    expect(ipCompatibilityIn(packed.subarray(0, 20).toString('base64'))).toBe('unreadable');
    expect(ipCompatibilityIn(packed.toString('base64'))).toBe('unreadable');
  });
});
