import * as cloudMapApi from '@aws-sdk/client-servicediscovery';
import type { ServiceDefinition } from '../../kernel/operation';
import { discoveryOperations } from './discover-instances';
import { instanceOperations } from './instance-operations';
import { namespaceOperations } from './namespace-operations';
import { namespaceCreations } from './namespaces';
import { operationQueries } from './operation-queries';
import { serviceOperations } from './service-operations';
import { tagOperations } from './tags';

/** AWS Cloud Map: https://docs.aws.amazon.com/cloud-map/latest/api/Welcome.html */
export const servicediscovery: ServiceDefinition = {
  signingName: 'servicediscovery',
  iamPrefix: 'servicediscovery',
  missingParameterCode: 'InvalidInput',
  schemas: cloudMapApi,
  client: () => new cloudMapApi.ServiceDiscoveryClient({ region: 'eu-west-2' }),
  operations: {
    ...discoveryOperations,
    ...instanceOperations,
    ...namespaceCreations,
    ...namespaceOperations,
    ...operationQueries,
    ...serviceOperations,
    ...tagOperations,
  },
};
