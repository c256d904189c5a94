/**
 * What the user data of an instance says about the container agent's IP compatibility. User data often holds secrets:
 * its text stays in this file, only the answer leaves it.
 */
import { gunzipSync } from 'node:zlib';
import type { IpCompatibility } from '../snapshot/host-resources';

/** EC2 takes 16 KB: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const MAX_UNPACKED_BYTES = 1024 * 1024;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** https://github.com/aws/amazon-ecs-agent/blob/master/README.md */
const NAME = 'ECS_INSTANCE_IP_COMPATIBILITY';
const SETTING = new RegExp(`${NAME}["']?\\s*[=:]\\s*["']?([^\\s"';]*)`, 'gi');
const MENTION = new RegExp(NAME, 'i');
const COMMENT = /(^|\s)#.*$/gm;

/** Parts that are encoded, or lie elsewhere: they may say anything. */
const HIDDEN = [
  /^content-transfer-encoding:\s*base64/im,
  /^#include/m,
  /^[\s-]*encoding:\s*\S*(b64|base64|gz)/im,
  /(aws\s+s3|s3api|curl|wget|base64)\b.*ecs\.config/i,
];

function textOf(encoded: string): string {
  const bytes = Buffer.from(encoded, 'base64');
  const isPacked = bytes.subarray(0, GZIP.length).equals(GZIP);
  return (isPacked ? gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES }) : bytes).toString('utf8');
}

/** Two values, as in the branches of a script, say nothing. */
function read(text: string): IpCompatibility {
  if (HIDDEN.some((pattern) => pattern.test(text))) return 'unreadable';
  const code = text.replace(COMMENT, '');
  const values = new Set([...code.matchAll(SETTING)].map(([, value = '']) => value.toLowerCase()));
  const [value] = values;
  if (values.size === 1 && (value === 'ipv4' || value === 'ipv6')) return value;
  return MENTION.test(code) ? 'unreadable' : 'unset';
}

/** @param encoded base64, perhaps of gzip; empty where an instance has none */
export function ipCompatibilityIn(encoded: string): IpCompatibility {
  let text: string;
  try {
    text = textOf(encoded);
  } catch {
    // the cause would show a part of the text
    return 'unreadable';
  }
  return read(text);
}
