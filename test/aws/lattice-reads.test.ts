import { CreateTargetGroupCommand } from '@aws-sdk/client-vpc-lattice';
import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../infra/local/kernel/api-error';
import { createNetwork } from '../../infra/local/services/ec2/network';
import { vpclattice } from '../../infra/local/services/vpclattice/vpclattice';
import { surroundingReads } from '../../lib/composition';
import { latticeOf } from '../support/lattice-client';
import { withLocalAccount } from '../support/local-account';
import { workloadClients } from '../support/workload-clients';

const gone = 'arn:aws:vpc-lattice:eu-west-2:111122223333:targetgroup/tg-0123456789abcdef0';

async function aGroup() {
  const account = await withLocalAccount({ services: [vpclattice] });
  const vpcIdentifier = createNetwork(account.scope, { cidrBlock: '10.0.0.0/16', ipv6: true }).id;
  const config = { protocol: 'HTTP', vpcIdentifier, ipAddressType: 'IPV6' } as const;
  const { arn = '' } = await latticeOf(account).send(new CreateTargetGroupCommand({ name: 'web', type: 'IP', config }));
  const clients = workloadClients(account);
  return { account, arn, clients, reads: surroundingReads(clients).lattice };
}

describe('describeTargetGroups', () => {
  it('asks for each, counts and names what is gone', async () => {
    const { arn, clients, reads } = await aGroup();
    expect(await reads.describeTargetGroups([arn, gone])).toMatchObject({
      items: [{ arn, name: 'web', config: { ipAddressType: 'IPV6' } }],
      missing: [gone],
      failures: [],
    });
    expect(clients.meter.take().apiCalls).toEqual({ 'vpc-lattice:GetTargetGroup': 2 });
  });

  it('keeps what it got when one is refused', async () => {
    const { account, arn, reads } = await aGroup();
    account.interceptors.push(({ operation }) => {
      if (operation === 'GetTargetGroup') throw new ApiError('AccessDeniedException', 'not authorized', 403);
    });
    expect(await reads.describeTargetGroups([arn])).toMatchObject({
      items: [],
      missing: [],
      failures: [{ action: 'vpc-lattice:GetTargetGroup', kind: 'AccessDenied', keys: [arn] }],
    });
  });
});
