/** What the permission level `enforce` allows of the two calls that could do much more than the controller asks of them. */
import fs from 'node:fs';
import { expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { evaluateAccess } from '../../infra/local/iam/evaluate-policy';
import { parsePolicyDocument } from '../../infra/local/iam/policy-document';

const ACCOUNT = '111122223333';
const caller = {
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/r`,
  account: ACCOUNT,
};
const FILL: Readonly<Record<string, string>> = { Partition: 'aws', Region: 'eu-west-2', AccountId: ACCOUNT };

const text = fs
  .readFileSync('infra/template.yaml', 'utf8')
  .replaceAll(/\$\{AWS::(Partition|Region|AccountId)\}/g, (_, name: string) => FILL[name] ?? '');
const template = parseDocument(text, { logLevel: 'silent' });
const document: unknown = template.getIn(['Resources', 'EnforcePolicy', 'Properties', 'PolicyDocument']);
const policy = parsePolicyDocument(JSON.parse(JSON.stringify(document)));

const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-2:${ACCOUNT}:${rest}`;
const eni = arn('ec2', 'network-interface/eni-1');
const service = arn('ecs', 'service/prod/web');
const modify = 'ec2:ModifyNetworkInterfaceAttribute';
const update = 'ecs:UpdateService';

it.each([
  [modify, eni, { 'ec2:attribute': ['EnablePrimaryIpv6'] }, true],
  [modify, eni, { 'ec2:attribute': ['Groups'] }, false],
  [modify, eni, {}, false],
  [modify, arn('ec2', 'instance/i-1'), { 'ec2:attribute': ['EnablePrimaryIpv6'] }, false],
  [update, service, { 'ecs:enable-execute-command': ['false'] }, true],
  [update, service, { 'ecs:enable-execute-command': ['true'] }, false],
  [update, service, {}, false],
] as const)('%s on %s with %j: %s', (...[action, resource, context, isAllowed]) => {
  const { allowed } = evaluateAccess({ caller, action, resource, context }, { identity: [policy] });
  expect(allowed).toBe(isAllowed);
});
