import { describe, expect, it } from '@jest/globals';
import { ecrPrivateHosts, ecrPublicHosts } from '../../../lib/facts/ecr-hosts';
import { factsInForce, type FactOverrides } from '../../../lib/facts/fact-override';
import { reachOf as reachBy, type Reach } from '../../../lib/rules/image/registry';

function reachOf(image: string, overrides: FactOverrides = {}): Reach {
  const facts = factsInForce(overrides);
  return reachBy(image, (fact) => facts(fact).value);
}

const digest = 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const account = '111122223333';

describe('ECR by an IPv4-only host name', () => {
  it.each([
    ['a tag', `${account}.dkr.ecr.eu-west-2.amazonaws.com/api:1`, `${account}.dkr-ecr.eu-west-2.on.aws/api:1`],
    ['a digest', `${account}.dkr.ecr.eu-west-2.amazonaws.com/a/b@${digest}`, `${account}.dkr-ecr.eu-west-2.on.aws/a/b@${digest}`],
    ['tag and digest', `${account}.dkr.ecr.eu-west-2.amazonaws.com/a:1@${digest}`, `${account}.dkr-ecr.eu-west-2.on.aws/a:1@${digest}`],
    ['a port', `${account}.dkr.ecr.eu-west-2.amazonaws.com:443/api`, `${account}.dkr-ecr.eu-west-2.on.aws:443/api`],
    ['a pull-through cache', `${account}.dkr.ecr.eu-west-2.amazonaws.com/docker-hub/library/nginx:1`, `${account}.dkr-ecr.eu-west-2.on.aws/docker-hub/library/nginx:1`],
    ['FIPS', `${account}.dkr.ecr-fips.us-east-1.amazonaws.com/api`, `${account}.dkr-ecr-fips.us-east-1.on.aws/api`],
    ['GovCloud', `${account}.dkr.ecr.us-gov-west-1.amazonaws.com/api`, `${account}.dkr-ecr.us-gov-west-1.on.aws/api`],
    ['GovCloud FIPS', `${account}.dkr.ecr-fips.us-gov-west-1.amazonaws.com/api`, `${account}.dkr-ecr-fips.us-gov-west-1.on.aws/api`],
    ['China', `${account}.dkr.ecr.cn-north-1.amazonaws.com.cn/api`, `${account}.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/api`],
    ['ECR Public', 'public.ecr.aws/nginx/nginx:1.27', 'ecr-public.aws.com/nginx/nginx:1.27'],
    ['capital letters', `${account}.DKR.ECR.eu-west-2.amazonaws.com/api:Tag`, `${account}.dkr-ecr.eu-west-2.on.aws/api:Tag`],
  ])('%s', (_, image, rewritten) => {
    expect(reachOf(image)).toEqual({ kind: 'ipv4-only', rewritten });
    expect(reachOf(rewritten)).toEqual({ kind: 'dual-stack' });
  }); // prettier-ignore
});

describe('nothing known', () => {
  it.each([
    ['Docker Hub, official', 'nginx', 'docker.io'],
    ['Docker Hub, tag', 'nginx:1.27', 'docker.io'],
    ['Docker Hub, user', 'grafana/grafana', 'docker.io'],
    ['Docker Hub, by its other name', 'index.docker.io/library/nginx', 'docker.io'],
    ['another registry', 'ghcr.io/a/b:1', 'ghcr.io'],
    ['a registry with a port', 'registry.example:5000/a', 'registry.example'],
    ['a registry on this machine', 'localhost/a', 'localhost'],
    ['the European Sovereign Cloud', `${account}.dkr.ecr.eusc-de-east-1.amazonaws.eu/a`, `${account}.dkr.ecr.eusc-de-east-1.amazonaws.eu`],
    ['an isolated partition', `${account}.dkr.ecr.us-iso-east-1.c2s.ic.gov/a`, `${account}.dkr.ecr.us-iso-east-1.c2s.ic.gov`],
    ['FIPS in China', `${account}.dkr.ecr-fips.cn-north-1.amazonaws.com.cn/a`, `${account}.dkr.ecr-fips.cn-north-1.amazonaws.com.cn`],
    ['no account', 'dkr.ecr.eu-west-2.amazonaws.com/a', 'dkr.ecr.eu-west-2.amazonaws.com'],
    ['a host that only looks like it', `${account}.dkr.ecr.eu-west-2.amazonaws.com.example.org/a`, `${account}.dkr.ecr.eu-west-2.amazonaws.com.example.org`],
    ['a mixture of both forms', `${account}.dkr-ecr.eu-west-2.amazonaws.com/a`, `${account}.dkr-ecr.eu-west-2.amazonaws.com`],
  ])('%s', (_, image, host) => {
    expect(reachOf(image)).toEqual({ kind: 'unknown', host });
  }); // prettier-ignore
});

describe('a policy', () => {
  const image = `${account}.dkr.ecr.eusc-de-east-1.amazonaws.eu/a:1`;
  const form = { ipv4: 'amazonaws.eu', dualStack: 'amazonwebservices.eu' };
  const checked = '2027-01-10';

  it('adds a form of the hosts of private registries', () => {
    const added = { [ecrPrivateHosts.id]: { add: [form], checked } };
    const rewritten = `${account}.dkr-ecr.eusc-de-east-1.amazonwebservices.eu/a:1`;
    expect(reachOf(image, added)).toEqual({ kind: 'ipv4-only', rewritten });
    expect(reachOf(rewritten, added)).toEqual({ kind: 'dual-stack' });
    expect(reachOf(`${account}.dkr.ecr.eu-west-2.amazonaws.com/a`, added)).toMatchObject({ kind: 'ipv4-only' });
  });

  it('names other hosts of ECR Public', () => {
    const value = { ipv4: 'public.ecr.example', dualStack: 'ecr-public.example' };
    const reach = reachOf('public.ecr.example/a', { [ecrPublicHosts.id]: { value, checked } });
    expect(reach).toEqual({ kind: 'ipv4-only', rewritten: 'ecr-public.example/a' });
  });
});
