/** Reads that IAM allows on single resources are asked about these. */
import { expect, it } from '@jest/globals';
import { DescribeInstanceAttributeCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateFileSystemCommand, DescribeMountTargetsCommand, EFSClient } from '@aws-sdk/client-efs';
import { authorizeRoles } from '../../../../infra/local/iam/authorize';
import { putRole, roleSession } from '../../../../infra/local/iam/roles';
import { services } from '../../../../infra/local/services';
import { clientSettings, withLocalAccount } from '../../../support/local-account';

const ACCOUNT = '111122223333';
const ec2Arn = (id: string): string => `arn:aws:ec2:eu-west-2:${ACCOUNT}:instance/${id}`;

async function aReader(Action: string, Resource: string) {
  const account = await withLocalAccount({ services, authorize: authorizeRoles });
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } };
  const { arn } = putRole(account.scope, { name: 'reader', inline: [document], managedPolicyArns: [] });
  const credentials = account.registerCredentials(roleSession(account.scope, arn, 'run'));
  return { admin: clientSettings(account), reader: clientSettings(account, { credentials }) };
}

it('the user data of an instance', async () => {
  const { reader } = await aReader('ec2:DescribeInstanceAttribute', ec2Arn('i-1'));
  const ask = (InstanceId: string) =>
    new EC2Client(reader).send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'userData' }));
  // past IAM, it is not there
  await expect(ask('i-1')).rejects.toMatchObject({ name: expect.stringMatching(/^InvalidInstanceID/) });
  await expect(ask('i-2')).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    message: expect.stringContaining(ec2Arn('i-2')),
  });
});

it('the mount targets of a file system', async () => {
  const { admin, reader } = await aReader('elasticfilesystem:DescribeMountTargets', '*:file-system/none');
  const { FileSystemId, FileSystemArn = '' } = await new EFSClient(admin).send(new CreateFileSystemCommand({}));
  const ask = (settings: typeof admin) =>
    new EFSClient(settings).send(new DescribeMountTargetsCommand({ FileSystemId }));
  expect(await ask(admin)).toMatchObject({ MountTargets: [] });
  await expect(ask(reader)).rejects.toMatchObject({ message: expect.stringContaining(FileSystemArn) });
});
