import { expect, test } from '@jest/globals';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { sts } from '../../../../../infra/local/services/sts/sts';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

test('credentials that nobody issued belong to the administrator of the default account', async () => {
  const account = await withLocalAccount({ services: [sts] });
  const identity = await new STSClient(clientSettings(account)).send(new GetCallerIdentityCommand());
  expect(identity).toMatchObject({
    UserId: '111122223333',
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:root',
  });
});

test('an access key id of twelve digits administers that account, in the partition of the region', async () => {
  const account = await withLocalAccount({ services: [sts] });
  const credentials = { accessKeyId: '444455556666', secretAccessKey: 'any' };
  const client = new STSClient(clientSettings(account, { region: 'us-gov-west-1', credentials }));
  await expect(client.send(new GetCallerIdentityCommand())).resolves.toMatchObject({
    Account: '444455556666',
    Arn: 'arn:aws-us-gov:iam::444455556666:root',
  });
});

test('registered credentials are their principal, whatever the account allows', async () => {
  const account = await withLocalAccount({
    services: [sts],
    authorize: (_, authorizations) => {
      if (authorizations.length > 0) throw new Error('GetCallerIdentity needs no permission.');
    },
  });
  const arn = 'arn:aws:sts::111122223333:assumed-role/reconcile/run';
  const roleArn = 'arn:aws:iam::111122223333:role/reconcile';
  const credentials = account.registerCredentials({ account: '111122223333', arn, roleArn });
  await expect(
    new STSClient(clientSettings(account, { credentials })).send(new GetCallerIdentityCommand()),
  ).resolves.toMatchObject({ Arn: arn, UserId: 'AROA:run' });
});
