import * as schemas from '@aws-sdk/client-ecs';
import type { ServiceDefinition } from '../../kernel/operation';
import { accountSettingOperations } from './account-setting-operations';
import { attributeOperations } from './attribute-operations';
import { capacityProviderOperations } from './capacity-provider-operations';
import { clusterOperations } from './cluster-operations';
import { containerInstanceOperations } from './container-instance-operations';
import { serviceDeploymentOperations } from './service-deployment-operations';
import { serviceOperations } from './service-operations';
import { tagOperations } from './tag-operations';
import { taskDefinitionOperations } from './task-definition-operations';
import { taskOperations } from './task-operations';
import { taskProtectionOperations } from './task-protection';
import { taskSetOperations } from './task-set-operations';

/** Elastic Container Service, which is its own controller: services start, place, register and replace tasks. */
export const ecs: ServiceDefinition = {
  signingName: 'ecs',
  iamPrefix: 'ecs',
  schemas,
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
  lateReads: /^(Describe|List|Get)/,
  client: () => new schemas.ECSClient({ region: 'us-east-1' }),
  missingParameterCode: 'InvalidParameterException',
  operations: {
    ...accountSettingOperations,
    ...attributeOperations,
    ...capacityProviderOperations,
    ...clusterOperations,
    ...containerInstanceOperations,
    ...serviceDeploymentOperations,
    ...serviceOperations,
    ...tagOperations,
    ...taskDefinitionOperations,
    ...taskOperations,
    ...taskProtectionOperations,
    ...taskSetOperations,
  },
};
