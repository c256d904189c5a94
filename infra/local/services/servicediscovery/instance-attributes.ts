/** Which attributes an instance must and may have: https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html */
import net from 'node:net';
import type { RecordType } from '@aws-sdk/client-servicediscovery';
import { invalidInput } from './invalid-input';
import type { CloudMapNamespace, CloudMapService } from './state';

export type Attributes = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html#cloudmap-RegisterInstance-request-Attributes */
const MAX_CUSTOM_ATTRIBUTES = 30;
const MAX_KEY_LENGTH = 255;
const MAX_VALUE_LENGTH = 1024;
const MAX_TOTAL_LENGTH = 5000;
const KEY_PATTERN = /^[a-zA-Z0-9!-~]+$/;
const VALUE_PATTERN = /^([a-zA-Z0-9!-~][ \ta-zA-Z0-9!-~]*)?[a-zA-Z0-9!-~]?$/;
const MAX_PORT = 65_535;

const RESERVED = new Set([
  'AWS_ALIAS_DNS_NAME',
  'AWS_EC2_INSTANCE_ID',
  'AWS_INIT_HEALTH_STATUS',
  'AWS_INSTANCE_CNAME',
  'AWS_INSTANCE_IPV4',
  'AWS_INSTANCE_IPV6',
  'AWS_INSTANCE_PORT',
]);

/** Throws `InvalidInput` unless an instance of this service may have these attributes. */
export function checkAttributes(namespace: CloudMapNamespace, service: CloudMapService, attributes: Attributes): void {
  checkSizes(attributes);
  checkSyntax(attributes);
  checkEc2Instance(namespace, attributes);
  checkInitialHealth(service, attributes);
  if (attributes['AWS_ALIAS_DNS_NAME'] !== undefined) checkAlias(service, attributes);
  else for (const { type } of service.records) REQUIRED_BY_RECORD[type](attributes);
  if (service.healthCheck) checkPort(attributes);
}

function checkSizes(attributes: Attributes): void {
  const entries = Object.entries(attributes);
  const custom = entries.filter(([key]) => !RESERVED.has(key));
  if (custom.length > MAX_CUSTOM_ATTRIBUTES) {
    throw invalidInput(`The number of custom attributes exceeds ${MAX_CUSTOM_ATTRIBUTES}.`);
  }
  for (const [key, value] of entries) {
    if (key.length > MAX_KEY_LENGTH || !KEY_PATTERN.test(key)) throw invalidInput(`Attribute key ${key} is not valid.`);
    if (value.length > MAX_VALUE_LENGTH || !VALUE_PATTERN.test(value)) {
      throw invalidInput(`The value of attribute ${key} is not valid.`);
    }
  }
  const total = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  if (total > MAX_TOTAL_LENGTH) throw invalidInput(`The attributes exceed ${MAX_TOTAL_LENGTH} characters.`);
}

function checkSyntax(attributes: Attributes): void {
  const { AWS_INSTANCE_IPV4: ipv4, AWS_INSTANCE_IPV6: ipv6, AWS_INSTANCE_PORT: port } = attributes;
  if (ipv4 !== undefined && !net.isIPv4(ipv4)) throw invalidInput(`Invalid IPv4 address: ${ipv4}`);
  if (ipv6 !== undefined && !net.isIPv6(ipv6)) throw invalidInput(`Invalid IPv6 address: ${ipv6}`);
  if (port !== undefined) checkPort(attributes);
}

function checkEc2Instance(namespace: CloudMapNamespace, attributes: Attributes): void {
  if (attributes['AWS_EC2_INSTANCE_ID'] === undefined) return;
  if (namespace.type !== 'HTTP') throw invalidInput('AWS_EC2_INSTANCE_ID is supported in HTTP namespaces only.');
  const allowed = new Set(['AWS_EC2_INSTANCE_ID', 'AWS_INIT_HEALTH_STATUS']);
  const other = Object.keys(attributes).find((key) => !allowed.has(key));
  if (other) throw invalidInput(`AWS_EC2_INSTANCE_ID cannot be combined with attribute ${other}.`);
}

function checkInitialHealth(service: CloudMapService, attributes: Attributes): void {
  const status = attributes['AWS_INIT_HEALTH_STATUS'];
  if (status === undefined) return;
  if (!service.customHealthCheck) {
    throw invalidInput('AWS_INIT_HEALTH_STATUS requires a service with HealthCheckCustomConfig.');
  }
  if (status !== 'HEALTHY' && status !== 'UNHEALTHY') {
    throw invalidInput(`AWS_INIT_HEALTH_STATUS must be HEALTHY or UNHEALTHY, not ${status}.`);
  }
}

function checkAlias(service: CloudMapService, attributes: Attributes): void {
  const other = Object.keys(attributes).find((key) => key.startsWith('AWS_INSTANCE_'));
  if (other) throw invalidInput(`AWS_ALIAS_DNS_NAME cannot be combined with attribute ${other}.`);
  const addressable = service.records.every(({ type }) => type === 'A' || type === 'AAAA');
  if (!addressable || service.records.length === 0 || service.routingPolicy !== 'WEIGHTED') {
    throw invalidInput('AWS_ALIAS_DNS_NAME requires a service with WEIGHTED A or AAAA records only.');
  }
}

const REQUIRED_BY_RECORD: Readonly<Record<RecordType, (attributes: Attributes) => void>> = {
  A: (attributes) => {
    demand(attributes, 'AWS_INSTANCE_IPV4', 'A');
  },
  AAAA: (attributes) => {
    demand(attributes, 'AWS_INSTANCE_IPV6', 'AAAA');
  },
  CNAME: (attributes) => {
    demand(attributes, 'AWS_INSTANCE_CNAME', 'CNAME');
  },
  SRV: (attributes) => {
    checkPort(attributes);
    if (attributes['AWS_INSTANCE_IPV4'] === undefined && attributes['AWS_INSTANCE_IPV6'] === undefined) {
      throw invalidInput('A service with SRV records requires AWS_INSTANCE_IPV4, AWS_INSTANCE_IPV6, or both.');
    }
  },
};

function demand(attributes: Attributes, key: string, type: RecordType): void {
  if (!attributes[key]) throw invalidInput(`A service with ${type} records requires attribute ${key}.`);
}

function checkPort(attributes: Attributes): void {
  const port = Number(attributes['AWS_INSTANCE_PORT'] ?? NaN);
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT)
    throw invalidInput('A valid port number must be supplied.');
}
