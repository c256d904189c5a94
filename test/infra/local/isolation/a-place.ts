/** An account and a region of a local account, spoken to by the unmodified SDK, any operation by its name. */
import type { ServiceDefinition } from '../../../../infra/local/kernel/operation';
import type { Scope } from '../../../../infra/local/kernel/scope';
import type { LocalAccount } from '../../../../infra/local/local-account';
import { services } from '../../../../infra/local/services';
import { elb } from '../../../../infra/local/services/elb/elb';
import { clientSettings } from '../../../support/local-account';

interface AnyClient {
  send(command: object): Promise<unknown>;
}

export interface Place {
  readonly scope: Scope;
  /** @param action e.g. `ecs:ListTasks` */
  readonly call: (action: string, input?: object) => Promise<unknown>;
  /** The string at a path of the answer, e.g. `Vpc.VpcId`. */
  readonly made: (action: string, input: object, path: string) => Promise<string>;
}

/** IAM does not tell Classic Load Balancers from their successors. */
export const prefixOf = (service: ServiceDefinition): string => (service === elb ? 'elb' : service.iamPrefix);

function serviceOf(action: string): ServiceDefinition {
  const service = services.find((one) => action.startsWith(`${prefixOf(one)}:`));
  if (!service) throw new Error(`no service has ${action}`);
  return service;
}

export function aPlace(local: LocalAccount, account: string, region: string): Place {
  const clients = new Map<ServiceDefinition, AnyClient>();
  const credentials = { accessKeyId: account, secretAccessKey: 's' };
  // DiscoverInstances would go to `data-127.0.0.1`
  const settings = { ...clientSettings(local, { region, credentials }), disableHostPrefix: true };
  const clientOf = (service: ServiceDefinition): AnyClient => {
    const Client = service.client().constructor as new (options: object) => AnyClient;
    const client = clients.get(service) ?? new Client(settings);
    clients.set(service, client);
    return client;
  };
  const call = (action: string, input: object = {}): Promise<unknown> => {
    const service = serviceOf(action);
    const Command = service.schemas[`${action.split(':')[1] ?? ''}Command`] as new (parameters: object) => object;
    return clientOf(service).send(new Command(input));
  };
  return {
    scope: local.world.scope(account, region),
    call,
    async made(action, input, path) {
      const answer = await call(action, input).catch((error: unknown) => {
        throw new Error(`${action} in ${account}, ${region}`, { cause: error });
      });
      const found = path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], answer);
      if (typeof found !== 'string') throw new Error(`${action} answered without ${path}: ${JSON.stringify(answer)}`);
      return found;
    },
  };
}
