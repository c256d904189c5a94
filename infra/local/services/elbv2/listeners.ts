import type {
  CreateListenerInput,
  CreateListenerOutput,
  DeleteListenerInput,
  DescribeListenersInput,
  DescribeListenersOutput,
  Listener as ListenerView,
  ModifyListenerInput,
  ModifyListenerOutput,
  ProtocolEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onResource } from './access';
import { required, validationError } from './errors';
import { ACTION_PARAMETERS, actionView, forwardAction } from './forward-action';
import { childArn } from './names';
import { pageOf } from './paging';
import type { Listener, LoadBalancer } from './state';
import { addRoutes, elbv2State, listener, loadBalancer, reroute } from './state';
import { checkTags, dropTags, setTags } from './tags';

const MAX_PORT = 65_535;
const PROTOCOLS: Readonly<Record<LoadBalancer['type'], readonly ProtocolEnum[]>> = {
  application: ['HTTP', 'HTTPS'],
  network: ['TCP', 'TLS', 'UDP', 'TCP_UDP'],
};

/** A listener in the shape of the API. */
function view({ arn, loadBalancerArn, port, protocol, defaultAction }: Listener): ListenerView {
  return {
    ListenerArn: arn,
    LoadBalancerArn: loadBalancerArn,
    Port: port,
    Protocol: protocol,
    DefaultActions: [actionView(defaultAction)],
  };
}

function checkProtocol(balancer: LoadBalancer, protocol: ProtocolEnum): ProtocolEnum {
  if (!PROTOCOLS[balancer.type].includes(protocol)) {
    throw new ApiError(
      'UnsupportedProtocol',
      `The protocol '${protocol}' is not supported by load balancers of type '${balancer.type}'`,
    );
  }
  if (protocol === 'HTTPS' || protocol === 'TLS') {
    throw validationError(`A certificate must be specified for ${protocol} listeners`);
  }
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
  const needsPrefix = balancer.ipAddressType === 'dualstack' && (protocol === 'UDP' || protocol === 'TCP_UDP');
  if (needsPrefix && balancer.sourceNatPrefix !== 'on') {
    throw new ApiError(
      'InvalidConfigurationRequest',
      `A ${protocol} listener on a dualstack load balancer requires EnablePrefixForIpv6SourceNat to be 'on'`,
    );
  }
  return protocol;
}

function checkPort(scope: Scope, balancer: LoadBalancer, port: number): number {
  if (port < 1 || port > MAX_PORT) throw validationError(`Port '${port}' must be from 1 to ${MAX_PORT}`);
  const taken = listenersOf(scope, balancer.arn).some((each) => each.port === port);
  if (!taken) return port;
  throw new ApiError(
    'DuplicateListener',
    `A listener already exists on this port for this load balancer '${balancer.arn}'`,
  );
}

/** The listeners of a load balancer, oldest first. */
export function listenersOf(scope: Scope, loadBalancerArn: string): readonly Listener[] {
  return [...elbv2State(scope).listeners.values()].filter((each) => each.loadBalancerArn === loadBalancerArn);
}

/** Takes the listener away with its rules and all their tags. */
export function removeListener(scope: Scope, { arn, rules, defaultRuleArn }: Listener): void {
  elbv2State(scope).listeners.delete(arn);
  for (const each of [arn, defaultRuleArn, ...rules.keys()]) dropTags(scope, each);
  reroute(scope);
}

const createListener = operation<CreateListenerInput, CreateListenerOutput>({
  accepts: [
    ...['LoadBalancerArn', 'Protocol', 'Port', 'Tags'],
    ...ACTION_PARAMETERS.map((name) => `DefaultActions.${name}`),
  ],
  authorize: ({ LoadBalancerArn, Tags }, call) => onResource(LoadBalancerArn, call, Tags ?? []),
  run({ LoadBalancerArn, Protocol, Port, DefaultActions, Tags }, { scope }) {
    checkTags(Tags);
    const balancer = loadBalancer(scope, required(LoadBalancerArn, 'LoadBalancerArn'));
    const protocol = checkProtocol(balancer, required(Protocol, 'Protocol'));
    const port = checkPort(scope, balancer, required(Port, 'Port'));
    const defaultAction = forwardAction(scope, balancer, required(DefaultActions, 'DefaultActions'));
    const arn = childArn(scope, balancer.arn, { from: 'loadbalancer', to: 'listener' });
    const defaultRuleArn = childArn(scope, arn, { from: 'listener', to: 'listener-rule' });
    const created = {
      arn,
      loadBalancerArn: balancer.arn,
      protocol,
      port,
      defaultRuleArn,
      defaultAction,
      rules: new Map(),
    };
    elbv2State(scope).listeners.set(arn, created);
    addRoutes(scope, created, defaultAction);
    setTags(scope, arn, Tags);
    setTags(scope, defaultRuleArn, []);
    return { Listeners: [view(created)] };
  },
});

const modifyListener = operation<ModifyListenerInput, ModifyListenerOutput>({
  accepts: ['ListenerArn', ...ACTION_PARAMETERS.map((name) => `DefaultActions.${name}`)],
  authorize: ({ ListenerArn }, call) => onResource(ListenerArn, call),
  run({ ListenerArn, DefaultActions }, { scope }) {
    const found = listener(scope, required(ListenerArn, 'ListenerArn'));
    const balancer = loadBalancer(scope, found.loadBalancerArn);
    if (DefaultActions) found.defaultAction = forwardAction(scope, balancer, DefaultActions);
    reroute(scope);
    return { Listeners: [view(found)] };
  },
});

const deleteListener = operation<DeleteListenerInput, object>({
  accepts: ['ListenerArn'],
  authorize: ({ ListenerArn }, call) => onResource(ListenerArn, call),
  run({ ListenerArn }, { scope }) {
    removeListener(scope, listener(scope, required(ListenerArn, 'ListenerArn')));
    return {};
  },
});

function asked(scope: Scope, { LoadBalancerArn, ListenerArns }: DescribeListenersInput): readonly Listener[] {
  if (LoadBalancerArn && ListenerArns) {
    throw validationError('Listener ARNs and a load balancer ARN cannot be specified at the same time');
  }
  if (ListenerArns) return ListenerArns.map((arn) => listener(scope, arn));
  if (!LoadBalancerArn) throw validationError('You must specify either listener ARNs or a load balancer ARN');
  return listenersOf(scope, loadBalancer(scope, LoadBalancerArn).arn);
}

const describeListeners = operation<DescribeListenersInput, DescribeListenersOutput>({
  accepts: ['LoadBalancerArn', 'ListenerArns', 'Marker', 'PageSize'],
  run(request, { scope }) {
    const { items, token } = pageOf(asked(scope, request), request);
    return { Listeners: items.map(view), NextMarker: token };
  },
});

export const listenerOperations = {
  CreateListener: createListener,
  DeleteListener: deleteListener,
  DescribeListeners: describeListeners,
  ModifyListener: modifyListener,
};
