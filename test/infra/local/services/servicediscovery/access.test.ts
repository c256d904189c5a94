import { expect, test } from '@jest/globals';
import {
  CreateHttpNamespaceCommand,
  CreateServiceCommand,
  DeregisterInstanceCommand,
  GetOperationCommand,
  ListServicesCommand,
  ServiceDiscoveryClient,
  TagResourceCommand,
} from '@aws-sdk/client-servicediscovery';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { Authorization } from '../../../../../infra/local/kernel/operation';
import { registerInstance } from '../../../../../infra/local/services/servicediscovery/instances';
import { servicediscovery } from '../../../../../infra/local/services/servicediscovery/servicediscovery';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { ownQuestions } from '../../../../support/own-questions';

const PREFIX = 'arn:aws:servicediscovery:eu-west-2:111122223333';
const TAGS = [{ Key: 'Team', Value: 'payments' }];

/** A tagged service with one instance, and what IAM was asked to make it. */
async function aTaggedService() {
  const asked: Authorization[] = [];
  const authorize = (_: unknown, questions: readonly Authorization[]): void => {
    asked.push(...ownQuestions(questions));
  };
  const clock = new SimulatedClock({ running: false });
  const account = await withLocalAccount({ services: [servicediscovery], clock, authorize });
  const client = new ServiceDiscoveryClient(clientSettings(account));
  const { OperationId } = await client.send(new CreateHttpNamespaceCommand({ Name: 'mesh', Tags: TAGS }));
  await clock.advance(5_000);
  const { Operation } = await client.send(new GetOperationCommand({ OperationId }));
  const NamespaceId = Operation?.Targets?.NAMESPACE ?? '';
  const { Service } = await client.send(new CreateServiceCommand({ Name: 'web', NamespaceId, Tags: TAGS }));
  const id = Service?.Id ?? '';
  registerInstance(account.scope, { serviceId: id, instanceId: 'task-1', attributes: {} });
  await clock.advance(5_000);
  return { asked, client, id, arn: `${PREFIX}:service/${id}`, namespaceArn: `${PREFIX}:namespace/${NamespaceId}` };
}

const REQUEST_TAGS = { 'aws:tagkeys': ['Team'], 'aws:requesttag/team': ['payments'] };
const RESOURCE_TAGS = { 'aws:resourcetag/team': ['payments'] };

test('creating is a question about the namespace, and about nothing for a namespace itself', async () => {
  const { asked, namespaceArn } = await aTaggedService();
  expect(asked).toEqual([
    { action: 'servicediscovery:CreateHttpNamespace', resource: '*', context: REQUEST_TAGS },
    { action: 'servicediscovery:GetOperation', resource: namespaceArn, context: RESOURCE_TAGS },
    {
      action: 'servicediscovery:CreateService',
      resource: namespaceArn,
      context: { ...RESOURCE_TAGS, ...REQUEST_TAGS },
    },
  ]);
});

test('deregistering, and asking how it went, is a question about the service', async () => {
  const { asked, client, id, arn } = await aTaggedService();
  asked.length = 0;
  const { OperationId } = await client.send(new DeregisterInstanceCommand({ ServiceId: id, InstanceId: 'task-1' }));
  await client.send(new GetOperationCommand({ OperationId }));
  const context = { ...RESOURCE_TAGS, 'servicediscovery:servicearn': [arn] };
  expect(asked).toEqual([
    { action: 'servicediscovery:DeregisterInstance', resource: arn, context },
    { action: 'servicediscovery:GetOperation', resource: arn, context },
  ]);
});

test('tagging is a question about the tags that come, not about what bears them', async () => {
  const { asked, client, arn } = await aTaggedService();
  asked.length = 0;
  await client.send(new TagResourceCommand({ ResourceARN: arn, Tags: [{ Key: 'Stage', Value: 'prod' }] }));
  expect(asked).toMatchObject([
    {
      action: 'servicediscovery:TagResource',
      resource: '*',
      context: { 'aws:tagkeys': ['Stage'], 'aws:requesttag/stage': ['prod'] },
    },
  ]);
});

test('listing knows no resource', async () => {
  const { asked, client } = await aTaggedService();
  asked.length = 0;
  await client.send(new ListServicesCommand());
  expect(asked).toMatchObject([{ action: 'servicediscovery:ListServices', resource: '*' }]);
});
