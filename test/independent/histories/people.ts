/** Carries out the deeds of a history, over the account's own API. What cannot be done is left undone. */
import { TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { registerContainerInstance } from '../../../infra/local/services/ecs/container-instance-registration';
import { launchInstance, waitUntilRunning } from '../../../infra/local/seed/story/workload';
import type { Deed, PolicyTerms, ServiceName } from './history';
import { CLUSTER, put, type Opening } from './opening';
import { policyOf } from './policy-text';
import { deregister, register, takeOut, takeOutGone } from './registrations';
import { createService, deleteService, deploy, scale, stopTask, untag } from './workloads';

/** Hosts for bridge mode that are there; those with a primary IPv6 address since their launch can be targets. */
export interface Host {
  readonly id: string;
  readonly primaryIpv6: boolean;
}

/** What people know of their own doings. */
export interface People {
  readonly opening: Opening;
  readonly services: Set<ServiceName>;
  readonly hosts: Host[];
  /** Addresses of hosts that strangers registered, with the host that holds each. */
  readonly borrowed: Map<string, string>;
  /** When each stranger was last registered, in milliseconds since 1970. */
  readonly registered: Map<string, number>;
  terms: PolicyTerms;
  isSwitchedOn: boolean;
}

const AGENT = '1.105.1';

/** What everybody agrees on in the end: no budget stands in the way of what the history has left to do. */
const lastTerms: PolicyTerms = {
  ...({ mode: 'enforce', flavour: 'plain', orphanMinutes: 15 } as const),
  ...{ perRun: 20, perHour: 100 },
};

export async function settleIn(opening: Opening, terms: PolicyTerms): Promise<People> {
  const own = {
    services: new Set<ServiceName>(),
    hosts: [],
    borrowed: new Map<string, string>(),
    registered: new Map<string, number>(),
  };
  const people: People = { opening, ...own, terms, isSwitchedOn: true };
  await act(people, { do: 'policy', terms });
  await act(people, { do: 'switch', to: 'on' });
  await act(people, { do: 'launch', primaryIpv6: true, agent: AGENT });
  await act(people, { do: 'create', service: 'web', exec: false });
  await act(people, { do: 'create', service: 'edge', exec: false });
  return people;
}

/** What people leave behind, whatever there was: nothing that keeps the controller from its work. */
export async function leave(people: People): Promise<void> {
  await act(people, { do: 'policy', terms: lastTerms });
  await act(people, { do: 'switch', to: 'on' });
  await act(people, { do: 'launch', primaryIpv6: true, agent: AGENT });
  for (const service of people.services) {
    await scale(people, service, 2);
    // revision 1 never comes up where there is IPv6 alone, and while a deployment lasts nothing is removed
    if (service !== 'legacy') await deploy(people, service, { revision: 0 });
  }
  await takeOutGone(people);
}

type DeedOf<Name extends Deed['do']> = Extract<Deed, { readonly do: Name }>;

const acts: { readonly [Name in Deed['do']]: (people: People, deed: DeedOf<Name>) => Promise<void> } = {
  create: (people, { service, exec }) => createService(people, service, exec),
  delete: (people, { service }) => deleteService(people, service),
  'stop-task': (people, { service }) => stopTask(people, service),
  scale: (people, { service, count }) => scale(people, service, count),
  deploy: (people, deed) => deploy(people, deed.service, deed),
  untag: (people, { service }) => untag(people, service),
  launch: (people, { primaryIpv6, agent }) => launch(people, primaryIpv6, agent),
  terminate: (people) => terminate(people),
  register: (people, deed) => register(people, deed),
  deregister: (people, deed) => deregister(people, deed),
  'take-out': (people, { where }) => takeOut(people, where),
  policy: (people, { terms }) => write(people, terms),
  switch: (people, { to }) => turn(people, to),
};

export function act(people: People, deed: Deed): Promise<void> {
  const carryOut = acts[deed.do] as (people: People, deed: Deed) => Promise<void>;
  return carryOut(people, deed);
}

async function write(people: People, terms: PolicyTerms): Promise<void> {
  Object.assign(people, { terms });
  await put(people.opening.clients, '/ecs-ipv6/policy', policyOf(terms));
}

async function turn(people: People, to: 'on' | 'off' | 'gone'): Promise<void> {
  const { ssm } = people.opening.clients;
  const Name = '/ecs-ipv6/enforcement';
  Object.assign(people, { isSwitchedOn: to === 'on' });
  // whether it is there to be deleted is nobody's concern
  await ssm.send(new PutParameterCommand({ Name, Value: to, Type: 'String', Overwrite: true }));
  if (to === 'gone') await ssm.send(new DeleteParameterCommand({ Name }));
}

async function launch({ opening, hosts }: People, primaryIpv6: boolean, agentVersion: string): Promise<void> {
  const subnetId = opening.network.nativeSubnetIds[hosts.length % 2] ?? '';
  const id = await launchInstance(opening, { primaryIpv6, agentVersion, subnetId });
  await waitUntilRunning(opening, id);
  const versionInfo = { agentVersion, agentHash: '00000000', dockerVersion: 'DockerVersion: 25.0.14' };
  registerContainerInstance(opening.account.scope, { cluster: CLUSTER, ec2InstanceId: id, versionInfo });
  hosts.push({ id, primaryIpv6 });
}

async function terminate({ opening, hosts }: People): Promise<void> {
  const host = hosts.shift();
  if (host) await opening.clients.ec2.send(new TerminateInstancesCommand({ InstanceIds: [host.id] }));
}
