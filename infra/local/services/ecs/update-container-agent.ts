import type { AgentUpdateStatus, UpdateContainerAgentRequest, UpdateContainerAgentResponse } from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onMembers } from './authorization';
import { requireCluster } from './cluster';
import { changed, findInstance } from './container-instance';
import { capabilities, RECENT } from './container-instance-registration';
import { instanceView } from './container-instance-view';
import { clientError, invalidParameter } from './ecs-error';
import type { InstanceRecord } from './records';
import { timings } from './timings';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-update.html */
const STEPS: readonly AgentUpdateStatus[] = ['STAGING', 'STAGED', 'UPDATING', 'UPDATED'];

/** Brings the agent up to the most recent version, step by step; the codes are AWS's, the words of two are a guess. */
export const updateContainerAgent = operation<UpdateContainerAgentRequest, UpdateContainerAgentResponse>({
  accepts: ['cluster', 'containerInstance'],
  run({ cluster: reference, containerInstance: name = '' }, { scope }) {
    const cluster = requireCluster(scope, reference);
    const instance = findInstance(scope, cluster, name);
    if (!instance || instance.status === 'INACTIVE') {
      throw invalidParameter('The specified container instance was not found.');
    }
    checkUpdate(instance);
    instance.agentUpdateStatus = 'PENDING';
    changed(scope, instance);
    goOn(scope, instance, 0);
    return { containerInstance: instanceView(instance) };
  },
  authorize: ({ cluster, containerInstance }, call) =>
    onMembers('container-instance', { cluster, references: [containerInstance] }, call),
});

function checkUpdate({ versionInfo, agentConnected, agentUpdateStatus }: InstanceRecord): void {
  if (!agentConnected) throw clientError('The container agent is not connected.');
  if (agentUpdateStatus !== undefined && !['UPDATED', 'FAILED'].includes(agentUpdateStatus)) {
    throw new ApiError('UpdateInProgressException', 'There is already an update in progress for this container agent.');
  }
  if (versionInfo.agentVersion === undefined) {
    throw new ApiError('MissingVersionException', 'The current version of the container agent cannot be determined.');
  }
  if (versionInfo.agentVersion !== RECENT.agentVersion) return;
  throw new ApiError('NoUpdateAvailableException', 'There is no update available for your container agent.');
}

function goOn(scope: Scope, instance: InstanceRecord, step: number): void {
  scope.clock.after(timings(scope).step, () => {
    const status = STEPS[step];
    if (status === undefined || instance.status === 'INACTIVE') return;
    instance.agentUpdateStatus = status;
    if (status === 'UPDATED') takeRecent(instance);
    changed(scope, instance);
    goOn(scope, instance, step + 1);
  });
}

function takeRecent(instance: InstanceRecord): void {
  instance.versionInfo = { ...instance.versionInfo, ...RECENT };
  for (const attribute of capabilities(RECENT)) instance.attributes.set(attribute.name ?? '', attribute);
}
