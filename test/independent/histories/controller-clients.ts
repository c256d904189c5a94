/** The clients that the composition makes, laid on a direct wire, under the credentials of the controller's role. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { LocalAccount } from '../../../infra/local/local-account';
import { createReads } from '../../../lib/aws/reads';
import { writePorts } from '../../../lib/aws/write-ports';
import { createClients, surroundingReads } from '../../../lib/composition';
import type { Connected, DirectWire } from './direct-wire';

export const ROLE = 'histories-reconcile';
const SESSION = `arn:aws:sts::111122223333:assumed-role/${ROLE}/histories`;

/** The same in every account, as the keys that an account issues first are. */
export function issueCredentials(account: LocalAccount) {
  return account.registerCredentials({ account: account.account, arn: SESSION });
}

/** @param wire connected to an account already */
export function controllerClients(account: LocalAccount, wire: DirectWire) {
  const { accessKeyId, secretAccessKey, sessionToken } = issueCredentials(account);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_REGION: account.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    // what is tried again is a matter of the weather
    AWS_MAX_ATTEMPTS: '1',
  });
  const clients = createClients({ share: 'none' });
  const laid = <Client extends object>(client: Client): Client => {
    wire.lay(client as Connected);
    return client;
  };
  const { autoScaling, ec2, ecs, elbv2, serviceDiscovery } = clients;
  for (const client of [autoScaling, ec2, ecs, elbv2, serviceDiscovery]) laid(client);
  const surroundings = surroundingReads({ ...clients, add: (prefix, make) => laid(clients.add(prefix, make)) });
  const [ssm, events] = [laid(new SSMClient({})), laid(new EventBridgeClient({}))];
  const reads = createReads(clients);
  return { reads, surroundings, ssm, events, writes: writePorts(clients), meter: clients.meter };
}

export type ControllerClients = ReturnType<typeof controllerClients>;
export const isController = (principalArn: string): boolean => principalArn === SESSION;
