import { describe, expect, it } from '@jest/globals';
import { formatArn, parseArn, parseEcsArn, partitionOf, shortName } from '../../lib/trigger/arn';

describe('parseArn', () => {
  it.each([
    'arn:aws:ecs:eu-west-2:111122223333:task/prod/0a1b',
    'arn:aws-cn:iam::111122223333:role/a/b',
    'arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/a',
    'arn:aws:ecs:eu-west-2:111122223333:task-definition/web:7',
  ])('takes %s apart so that it can be put together again', (text) => {
    const arn = parseArn(text);
    expect(arn && formatArn(arn)).toBe(text);
  });

  it.each([
    '',
    'arn',
    'arn:aws:ecs',
    'arn:aws:ecs:eu-west-2:111122223333:',
    'arn:aws:ecs:eu-west-2:me:task/1',
    'arn:gcp:ecs:a:1:b',
    'arn:aws:ecs:eu-west-2:111122223333:task/a b',
  ])('takes %p for none', (text) => expect(parseArn(text)).toBeUndefined());
});

describe('parseEcsArn', () => {
  const prefix = 'arn:aws:ecs:eu-west-2:111122223333';
  it.each([
    ['task/prod/0a1b', { type: 'task', cluster: 'prod', name: '0a1b' }],
    ['task/0a1b', { type: 'task', cluster: undefined, name: '0a1b' }],
    ['cluster/prod', { type: 'cluster', cluster: undefined, name: 'prod' }],
    ['task-definition/web:7', { type: 'task-definition', cluster: undefined, name: 'web:7' }],
  ])('%s', (resource, parts) => expect(parseEcsArn(`${prefix}:${resource}`)).toMatchObject(parts));

  it.each(['arn:aws:ec2:eu-west-2:111122223333:instance/i-1', `${prefix}:task`, `${prefix}:task/`, 'prod'])(
    'takes %s for none',
    (text) => expect(parseEcsArn(text)).toBeUndefined(),
  );
});

describe('partitionOf', () => {
  it.each([
    ['eu-west-2', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('%s lies in %s', (region, partition) => expect(partitionOf(region)).toBe(partition));
});

describe('shortName', () => {
  it.each([
    ['arn:aws:ecs:eu-west-2:111122223333:service/prod/web', 'service/prod/web'],
    [
      'arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/web/0a#2001:db8::1:80',
      'targetgroup/web/0a#2001:db8::1:80',
    ],
    ['arn:aws:ecs', 'arn:aws:ecs'],
    ['/ecs-ipv6/policy', '/ecs-ipv6/policy'],
    ['a:b:c:d:e:f', 'a:b:c:d:e:f'],
  ])('%s', (resource, name) => expect(shortName(resource)).toBe(name));
});
