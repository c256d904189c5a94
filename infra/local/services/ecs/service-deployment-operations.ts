import type {
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse,
  DescribeServiceRevisionsRequest,
  DescribeServiceRevisionsResponse,
  ListServiceDeploymentsRequest,
  ListServiceDeploymentsResponse,
  StopServiceDeploymentRequest,
  StopServiceDeploymentResponse,
} from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { Authorization, Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onMembers } from './authorization';
import { requireCluster } from './cluster';
import { primaryOf } from './deployment';
import { failDeployment } from './deployment-failure';
import { invalidParameter, missing, notSimulated, serviceNotFound } from './ecs-error';
import { listPage } from './list-page';
import type { ServiceRecord } from './records';
import { findService } from './service';
import { isOngoing } from './service-deployment';
import { serviceDeploymentBrief, serviceDeploymentView, serviceRevisionView } from './service-deployment-view';
import { requestPass } from './service-schedule';
import { ecsState } from './store';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html and API_DescribeServiceRevisions.html */
const MAX_DESCRIBED = 20;

export const serviceDeploymentOperations = {
  ListServiceDeployments: operation<ListServiceDeploymentsRequest, ListServiceDeploymentsResponse>({
    accepts: ['service', 'cluster', 'status', 'createdAt', 'nextToken', 'maxResults'],
    run(request, { scope }) {
      const service = findService(scope, requireCluster(scope, request.cluster), request.service ?? '');
      if (!service) throw serviceNotFound();
      const { status: wanted = [], createdAt: { after, before } = {} } = request;
      const matching = service.serviceDeployments.filter(
        ({ status, createdAt }) =>
          (wanted.length === 0 || wanted.includes(status)) &&
          (after === undefined || createdAt > after) &&
          (before === undefined || createdAt < before),
      );
      const { items, token } = listPage(matching, request);
      return { serviceDeployments: items.map((each) => serviceDeploymentBrief(service, each)), nextToken: token };
    },
    authorize: ({ cluster, service }, call) => onMembers('service', { cluster, references: [service] }, call),
  }),

  DescribeServiceDeployments: operation<DescribeServiceDeploymentsRequest, DescribeServiceDeploymentsResponse>({
    accepts: ['serviceDeploymentArns'],
    run({ serviceDeploymentArns: arns = [] }, { scope }) {
      const looked = checked(arns).map((arn) => ({ arn, found: findDeployment(scope, arn) }));
      return {
        serviceDeployments: looked.flatMap(({ found }) =>
          found ? [serviceDeploymentView(found.service, found.record)] : [],
        ),
        failures: looked.filter(({ found }) => !found).map(({ arn }) => missing(arn)),
      };
    },
    authorize: ({ serviceDeploymentArns: arns = [] }, call) => onArns(arns, call),
  }),

  DescribeServiceRevisions: operation<DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse>({
    accepts: ['serviceRevisionArns'],
    run({ serviceRevisionArns: arns = [] }, { scope }) {
      const looked = checked(arns).map((arn) => ({ arn, found: findRevision(scope, arn) }));
      return {
        serviceRevisions: looked.flatMap(({ found }) =>
          found ? [serviceRevisionView(found.service, found.record)] : [],
        ),
        failures: looked.filter(({ found }) => !found).map(({ arn }) => missing(arn)),
      };
    },
    authorize: ({ serviceRevisionArns: arns = [] }, call) => onArns(arns, call),
  }),

  StopServiceDeployment: operation<StopServiceDeploymentRequest, StopServiceDeploymentResponse>({
    accepts: ['serviceDeploymentArn', 'stopType'],
    run({ serviceDeploymentArn: arn = '', stopType = 'ROLLBACK' }, { scope }) {
      if (stopType !== 'ROLLBACK') throw notSimulated(`Stop type ${stopType}`);
      const found = findDeployment(scope, arn);
      if (!found) {
        throw new ApiError('ServiceDeploymentNotFoundException', 'The specified service deployment was not found.');
      }
      stop(scope, found);
      return { serviceDeploymentArn: arn };
    },
    authorize: ({ serviceDeploymentArn: arn = '*' }, call) => onArns([arn], call),
  }),
};

type Found = NonNullable<ReturnType<typeof findDeployment>>;

/** One that goes back already goes on doing so: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html */
function stop(scope: Scope, { service, record }: Found): void {
  if (!isOngoing(record)) {
    throw new ApiError('ConflictException', `The service deployment is ${record.status} and cannot be stopped.`, 400, {
      resourceIds: [record.arn],
    });
  }
  const deployment = primaryOf(service);
  if (record.rollback || !deployment) return;
  const why = 'Service deployment stopped: rollback requested by user.';
  failDeployment(scope, service, { deployment, why, rollback: true });
  requestPass(scope, service);
}

function checked(arns: readonly string[]): readonly string[] {
  if (arns.length >= 1 && arns.length <= MAX_DESCRIBED) return arns;
  throw invalidParameter(`Between 1 and ${MAX_DESCRIBED} ARNs must be specified.`);
}

function allServices(scope: Scope): ServiceRecord[] {
  return [...ecsState(scope).clusters.values()].flatMap(({ services }) => [...services.values()]);
}

function findDeployment(scope: Scope, arn: string) {
  for (const service of allServices(scope)) {
    const record = service.serviceDeployments.find((each) => each.arn === arn);
    if (record) return { service, record };
  }
  return undefined;
}

function findRevision(scope: Scope, arn: string) {
  for (const service of allServices(scope)) {
    const record = service.revisions.find((each) => each.arn === arn);
    if (record) return { service, record };
  }
  return undefined;
}

function onArns(arns: readonly string[], { operation: name }: Call): Authorization[] {
  return arns.map((resource) => ({ action: `ecs:${name}`, resource }));
}
