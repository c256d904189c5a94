/** A snapshot of a whole fleet, as a sweep would collect it. */
import type { Call } from '../../infra/local/kernel/operation';
import { SimulatedClock } from '../../infra/local/kernel/clock';
import type { Scope } from '../../infra/local/kernel/scope';
import { createWorld } from '../../infra/local/kernel/world';
import { createFleet } from '../../infra/local/seed/fleet/fleet';
import { planFleet } from '../../infra/local/seed/fleet/fleet-plan';
import { services } from '../../infra/local/services';
import { createReads } from '../../lib/aws/reads';
import { createClients } from '../../lib/composition';
import type { LoadedPolicy, Policy } from '../../lib/policy/policy';
import { createCollect } from '../../lib/snapshot/collect';
import type { Snapshot } from '../../lib/snapshot/snapshot';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-2';

/** Classic Load Balancers sign as their successors do. */
function behaviourOf(signingName: string, operation: string) {
  const named = services.filter((service) => service.signingName === signingName);
  const behaviour = named.map(({ operations }) => operations[operation]).find((one) => one !== undefined);
  if (!behaviour) throw new Error(`the local account has no ${signingName}:${operation}`);
  return behaviour;
}

/** A middleware of the SDK that answers by itself. */
type Answering = <Output>(
  next: (call: { readonly input: never }) => Promise<{ readonly output: Output }>,
  context: { readonly commandName?: string },
) => (call: { readonly input: unknown }) => Promise<{ readonly response: undefined; readonly output: Output }>;

interface AnswerableClient {
  readonly middlewareStack: {
    add(middleware: Answering, options: { step: 'initialize'; priority: 'high' }): void;
  };
}

/** Has the account's behaviour answer a client's calls directly: over the wire, 100,000 tasks would take minutes. */
function answerDirectly({ middlewareStack }: AnswerableClient, signingName: string, scope: Scope): void {
  const principal = { account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` };
  const answering: Answering =
    (_, { commandName = '' }) =>
    async ({ input }) => {
      const operation = commandName.replace(/Command$/, '');
      const behaviour = behaviourOf(signingName, operation);
      const run: (...call: never) => unknown = behaviour.run.bind(behaviour);
      const call: Call = { scope, seen: scope, principal, operation, requestId: 'bench', endpoint: '' };
      // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the registry holds operations of any type
      const output = await Reflect.apply(run, undefined, [input, call]);
      // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- as above
      return { response: undefined, output };
    };
  middlewareStack.add(answering, { step: 'initialize', priority: 'high' });
}

/** @param policy decides what is read besides */
export async function fleetSnapshot(tasks: number, policy: Policy): Promise<Snapshot> {
  const clock = new SimulatedClock({ running: false });
  const scope = createWorld({ clock }).scope(ACCOUNT, REGION);
  await createFleet({ scope, clock }, planFleet(tasks));
  const clients = createClients({ region: REGION, share: 'none' });
  answerDirectly(clients.autoScaling, 'autoscaling', scope);
  answerDirectly(clients.ec2, 'ec2', scope);
  answerDirectly(clients.ecs, 'ecs', scope);
  answerDirectly(clients.elbv2, 'elasticloadbalancing', scope);
  answerDirectly(clients.serviceDiscovery, 'servicediscovery', scope);
  const place = { account: ACCOUNT, region: REGION, partition: scope.partition };
  const collect = createCollect({ reads: createReads(clients), place, now: () => clock.now() });
  const everything = { kind: 'account', account: ACCOUNT, region: REGION, id: ACCOUNT } as const;
  const loaded: LoadedPolicy = {
    ...{ policy, policyVersion: 'bench', origin: 'file', problems: [], warnings: [], enforcementOn: false },
  };
  const snapshot = await collect([everything], loaded);
  clock.stop();
  clients.destroy();
  if (snapshot.gaps.length > 0) throw new Error(`gaps in the fleet: ${JSON.stringify(snapshot.gaps[0])}`);
  return snapshot;
}
