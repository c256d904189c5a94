import type { CreateAccessPointInput, CreateAccessPointOutput, Listener } from '@aws-sdk/client-elastic-load-balancing';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { defaultGroupOf, findSecurityGroup } from '../ec2/security-group';
import { findSubnet } from '../ec2/subnet';
import { validationError } from '../elbv2/errors';
import { checkName } from '../elbv2/names';
import { elbState, onLoadBalancer, type ClassicLoadBalancer } from './state';

/** https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_Listener.html */
const PROTOCOLS = ['HTTP', 'TCP'];
const MAX_PORT = 65_535;

const isPort = (port: number | undefined): boolean => port !== undefined && port >= 1 && port <= MAX_PORT;

/** With its defaults. Those that need a certificate are not there. */
function checkedListener({ Protocol = '', InstanceProtocol = Protocol, ...ports }: Listener): Listener {
  const [outside, inside] = [Protocol.toUpperCase(), InstanceProtocol.toUpperCase()];
  if (![outside, inside].every((each) => PROTOCOLS.includes(each))) {
    throw new ApiError('NotImplemented', `Listeners of ${Protocol} are not simulated by the local account.`, 501);
  }
  if (outside !== inside) throw invalid(`Protocol ${outside} does not go with instance protocol ${inside}`);
  if (!isPort(ports.LoadBalancerPort) || !isPort(ports.InstancePort)) {
    throw validationError(`Ports of listeners are from 1 to ${String(MAX_PORT)}`);
  }
  return { ...ports, Protocol: outside, InstanceProtocol: inside };
}

const invalid = (message: string): ApiError => new ApiError('InvalidConfigurationRequest', message);

function checkedListeners(given: readonly Listener[]): readonly Listener[] {
  const listeners = given.map(checkedListener);
  if (listeners.length === 0) throw validationError('Listeners is required');
  const ports = new Set(listeners.map(({ LoadBalancerPort }) => LoadBalancerPort));
  if (ports.size < listeners.length) throw invalid('Two listeners have the same load balancer port');
  return listeners;
}

/** One for each zone; with IPv4 addresses, as it has no others. */
function subnetsFor(scope: Scope, ids: readonly string[]) {
  const subnets = ids.map((id) => {
    const subnet = findSubnet(scope, id);
    if (!subnet) throw new ApiError('SubnetNotFound', `The requested subnet ${id} does not exist`);
    if (subnet.ipv4 === undefined) throw new ApiError('InvalidSubnet', `The subnet ${id} has no IPv4 CIDR block`);
    return subnet;
  });
  const [first] = subnets;
  if (!first) throw validationError('Either AvailabilityZones or Subnets must be specified');
  const zones = new Set(subnets.map(({ zone }) => zone.name));
  if (zones.size < subnets.length) throw invalid('Two subnets are in the same Availability Zone');
  if (subnets.some(({ vpcId }) => vpcId !== first.vpcId)) throw invalid('The subnets are not in the same VPC');
  return { vpcId: first.vpcId, subnets: subnets.map(({ id, zone }) => ({ id, zone: zone.name })) };
}

function groupsFor(scope: Scope, vpcId: string, ids: readonly string[]): readonly string[] {
  const unknown = ids.find((id) => findSecurityGroup(scope, id)?.vpcId !== vpcId);
  if (unknown !== undefined) throw new ApiError('InvalidSecurityGroup', `The security group ${unknown} is not valid`);
  return ids.length > 0 ? ids : [defaultGroupOf(scope, vpcId).id];
}

function schemeOf({ Scheme = 'internet-facing' }: CreateAccessPointInput): ClassicLoadBalancer['scheme'] {
  if (Scheme === 'internet-facing' || Scheme === 'internal') return Scheme;
  throw new ApiError('InvalidScheme', `The scheme '${Scheme}' is not valid`);
}

function create(scope: Scope, name: string, request: CreateAccessPointInput): ClassicLoadBalancer {
  const listeners = checkedListeners(request.Listeners ?? []);
  const scheme = schemeOf(request);
  const { vpcId, subnets } = subnetsFor(scope, request.Subnets ?? []);
  const host = `${scheme === 'internal' ? 'internal-' : ''}${name}-${String(parseInt(scope.ids.hex(8), 16))}`;
  return {
    ...{ name, scheme, vpcId, subnets, listeners },
    securityGroupIds: groupsFor(scope, vpcId, request.SecurityGroups ?? []),
    dnsName: `${host}.${scope.region}.elb.amazonaws.com`,
    hostedZoneId: `Z${scope.ids.hex(13).toUpperCase()}`,
    createdAt: scope.clock.now(),
    instanceIds: new Set(),
  };
}

export const createLoadBalancer = operation<CreateAccessPointInput, CreateAccessPointOutput>({
  accepts: ['LoadBalancerName', 'Listeners', 'Subnets', 'SecurityGroups', 'Scheme'],
  authorize: onLoadBalancer,
  run(request, { scope }) {
    const { LoadBalancerName: name = '' } = request;
    checkName('load balancer', name);
    const { loadBalancers } = elbState(scope);
    if (loadBalancers.has(name)) {
      throw new ApiError('DuplicateLoadBalancerName', `The load balancer name '${name}' is in use`);
    }
    const made = create(scope, name, request);
    loadBalancers.set(name, made);
    return { DNSName: made.dnsName };
  },
});
