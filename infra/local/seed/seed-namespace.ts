/** Namespaces of Cloud Map, which takes its time to make them. */
import {
  CreateHttpNamespaceCommand,
  CreatePrivateDnsNamespaceCommand,
  GetOperationCommand,
} from '@aws-sdk/client-servicediscovery';
import type { LocalAccount } from '../local-account';
import { need, type SeedClients } from './seed-clients';

/** The namespace that the operation makes, once it is there. */
async function madeBy(
  { world }: LocalAccount,
  { serviceDiscovery }: SeedClients,
  OperationId: string | undefined,
): Promise<string> {
  for (;;) {
    await world.clock.advance(1_000);
    const { Operation } = await serviceDiscovery.send(new GetOperationCommand({ OperationId }));
    if (Operation?.Status === 'FAIL')
      throw new Error(`the namespace could not be made: ${String(Operation.ErrorMessage)}`);
    if (Operation?.Status === 'SUCCESS') return need(Operation.Targets?.NAMESPACE, 'the namespace id');
  }
}

/** Gives the id of a namespace whose names are found in the DNS of the VPC. */
export async function makeDnsNamespace(
  account: LocalAccount,
  clients: SeedClients,
  { Name, Vpc }: { readonly Name: string; readonly Vpc: string },
): Promise<string> {
  const { OperationId } = await clients.serviceDiscovery.send(new CreatePrivateDnsNamespaceCommand({ Name, Vpc }));
  return madeBy(account, clients, OperationId);
}

/** Makes a namespace whose names are found by calls alone. */
export async function makeHttpNamespace(account: LocalAccount, clients: SeedClients, Name: string): Promise<void> {
  const { OperationId } = await clients.serviceDiscovery.send(new CreateHttpNamespaceCommand({ Name }));
  await madeBy(account, clients, OperationId);
}
