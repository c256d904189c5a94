import { expect, it } from '@jest/globals';
import { namedThings } from '../../lib/explain/named-things';

const nothing = namedThings('');

it('names nothing in a text that names nothing', () => {
  expect(nothing.region).toBeUndefined();
  expect(
    Object.values(nothing)
      .flat()
      .filter((one) => one !== undefined),
  ).toEqual([]);
});

it.each([
  ['i-0abc1234def567890 and i-0abc1234', { instance: ['i-0abc1234def567890', 'i-0abc1234'] }],
  ['i-0abc and eni-0abc1234def567890,', { networkInterface: ['eni-0abc1234def567890'] }],
  [
    'subnet-0abc1234 vpc-0abc1234 sg-0abc1234',
    { subnet: ['subnet-0abc1234'], vpc: ['vpc-0abc1234'], securityGroup: ['sg-0abc1234'] },
  ],
  ['https://api.ecr.eu-west-3.amazonaws.com/', { region: 'eu-west-3' }],
  ['in us-gov-west-1a', { region: 'us-gov-west-1' }],
  ['of eusc-de-east-1', { region: 'eusc-de-east-1' }],
  [
    '(service web, taskSet ecs-svc/1) (task 0123456789abcdef0123456789abcdef)',
    { service: ['web'], task: ['0123456789abcdef0123456789abcdef'] },
  ],
  ['111122223333.dkr.ecr.us-east-1.amazonaws.com/team/web:9', { region: 'us-east-1', repository: ['team/web'] }],
  ['111122223333.dkr-ecr.us-east-1.on.aws/web@sha256:0', { region: 'us-east-1', repository: ['web'] }],
  [
    'host us-east-1.x, arn:aws:ecs:eu-west-2:111122223333:task/prod/0a1b.',
    { region: 'eu-west-2', cluster: ['prod'], task: ['0a1b'] },
  ],
  [
    'arn:aws-cn:ecs:cn-north-1:111122223333:service/prod/web',
    { region: 'cn-north-1', cluster: ['prod'], service: ['web'] },
  ],
  ['arn:aws:ecs:eu-west-2:111122223333:cluster/prod', { region: 'eu-west-2', cluster: ['prod'] }],
  ['arn:aws:ecs:eu-west-2:111122223333:service/', { region: 'eu-west-2' }],
  ['arn:aws:iam::111122223333:role/web in eu-west-2', { region: 'eu-west-2' }],
  [
    '(target-group arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/web/0a)',
    { region: 'eu-west-2', targetGroup: ['arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/web/0a'] },
  ],
])('reads %s', (text, named) => {
  expect(namedThings(text)).toEqual({ ...nothing, ...named });
});
