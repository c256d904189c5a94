/** What a person needs to take removals back, and what the stack's policy for that does not allow. */
import fs from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { authorizeRoles } from '../../infra/local/iam/authorize';
import { putManagedPolicy, putRole, roleSession } from '../../infra/local/iam/roles';
import type { LocalAccount } from '../../infra/local/local-account';
import { createDynamodbStore } from '../../lib/aws/dynamodb-store';
import { undo } from '../../lib/apply/undo';
import { writePorts } from '../../lib/aws/write-ports';
import { aStateTable } from '../state/stores';
import { clientSettings } from '../support/local-account';
import { workloadClients } from '../support/workload-clients';
import { ANNA, anUndoWorld } from './undo-world';

const FILL: Readonly<Record<string, string>> = {
  ...{ 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-2', 'AWS::AccountId': '111122223333' },
  PolicyPrefix: '/ecs-ipv6',
};
const TABLE = 'arn:aws:dynamodb:eu-west-2:111122223333:table/state';

const text = fs
  .readFileSync('infra/template.yaml', 'utf8')
  .replaceAll(/\$\{([\w:]+)\}/g, (hole, name: string) => FILL[name] ?? hole)
  .replaceAll('!GetAtt StateTable.Arn', TABLE);
const template = parseDocument(text, { logLevel: 'silent' });

function aPersonWith(account: LocalAccount, ...policies: readonly string[]) {
  const { scope } = account;
  const managedPolicyArns = policies.map((name) => {
    const document = template.getIn(['Resources', name, 'Properties', 'PolicyDocument']);
    const { Version, Statement } = JSON.parse(JSON.stringify(document)) as { Version: string; Statement: unknown[] };
    // what depends on a condition of the stack is a list, and holds for a key of one's own alone
    return putManagedPolicy(scope, name, { Version, Statement: Statement.filter((one) => !Array.isArray(one)) });
  });
  const { arn } = putRole(scope, { name: 'operator', inline: [], managedPolicyArns });
  return account.registerCredentials(roleSession(scope, arn, 'anna'));
}

/** The removals are made, and a person comes who has these policies of the template, and nothing else. */
async function aWorldWith(...policies: readonly string[]) {
  const world = await anUndoWorld({
    authorize: authorizeRoles,
    open: (account, now) => aStateTable(new DynamoDBClient(clientSettings(account)), now),
  });
  const before = await world.registrations();
  await world.removeBoth();
  const credentials = aPersonWith(world.account, ...policies);
  const own = workloadClients(world.account, { credentials });
  const table = new DynamoDBClient(clientSettings(world.account, { credentials }));
  const options = { ...world.edges(own), store: createDynamodbStore(table, 'state', () => world.clock.now()) };
  const restore = async (kind: 'deregister-target' | 'deregister-cloudmap-instance') =>
    await undo({ id: (await world.removal(kind)).id, requestedBy: ANNA, holdHours: 1 }, options);
  return { ...world, before, own, restore };
}

describe("the stack's policies for reads and for undo", () => {
  it('suffice to take both kinds of removal back', async () => {
    const { restore, registrations, before } = await aWorldWith('ReadPolicy', 'UndoPolicy');
    expect(await restore('deregister-target')).toMatchObject({ status: 'restored' });
    expect(await restore('deregister-cloudmap-instance')).toMatchObject({ status: 'restored' });
    expect(await registrations()).toEqual(before);
  });

  it('are both needed', async () => {
    const { restore } = await aWorldWith('UndoPolicy');
    await expect(restore('deregister-target')).rejects.toThrow('elasticloadbalancing:DescribeTargetHealth');
    const other = await aWorldWith('ReadPolicy');
    await expect(other.restore('deregister-target')).rejects.toThrow('dynamodb:GetItem');
  });

  it('let nobody take anything away', async () => {
    const { own, orphan, stray, restore } = await aWorldWith('ReadPolicy', 'UndoPolicy');
    await restore('deregister-target');
    const writes = writePorts(own);
    await expect(writes.deregisterTarget(orphan)).rejects.toThrow('not authorized');
    await expect(writes.deregisterCloudMapInstance(stray)).rejects.toThrow('not authorized');
  });
});
