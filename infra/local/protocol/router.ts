/** Finds the service and operation that a request means. */
import { ApiError } from '../kernel/api-error';
import type { ServiceDefinition } from '../kernel/operation';
import { queryParameters } from './aws-query';
import type { ServiceModel } from './service-model';
import { modelOf } from './service-model';
import type { WireRequest } from './wire';

export interface Route {
  readonly service: ServiceModel;
  /** As the request names it; the service may not know it. */
  readonly operation: string;
}

export interface Router {
  /** Throws an ApiError for a request that means no service of this account. */
  route(request: WireRequest, signingName: string | undefined): Route;
}

type Find = (request: WireRequest, candidates: readonly ServiceModel[]) => Route | undefined;

const byTarget: Find = (request, candidates) => {
  const target = request.headers['x-amz-target'];
  if (target === undefined) return undefined;
  const dot = target.lastIndexOf('.');
  const service = candidates.find((candidate) => candidate.target === target.slice(0, dot));
  return service && { service, operation: target.slice(dot + 1) };
};

function isQuery({ protocol }: ServiceModel): boolean {
  return protocol === 'awsQuery' || protocol === 'ec2Query';
}

const byAction: Find = (request, candidates) => {
  const parameters = queryParameters(request);
  const operation = parameters.get('Action');
  if (operation === null) return undefined;
  const speakers = candidates.filter(isQuery);
  const version = parameters.get('Version');
  const service = speakers.find((candidate) => candidate.version === version) ?? speakers.find(() => version === null);
  return service && { service, operation };
};

const FINDERS: readonly Find[] = [byTarget, byAction];

function unknownService(message: string): ApiError {
  return new ApiError('UnknownService', message, 501);
}

function refuse(request: WireRequest, signingName: string | undefined): ApiError {
  const asked = request.headers['x-amz-target'] ?? queryParameters(request).get('Action') ?? 'no operation';
  const name = `${request.method} ${request.path} (${asked})`;
  const from = signingName === undefined ? 'an unsigned request' : `signed for ${signingName}`;
  return unknownService(`The local account cannot tell which operation is meant by ${name}, ${from}.`);
}

export function createRouter(definitions: readonly ServiceDefinition[]): Router {
  return {
    route(request, signingName) {
      const signed = definitions.filter((definition) => definition.signingName === signingName);
      if (signingName !== undefined && signed.length === 0) {
        throw unknownService(`The local account has no service that signs as ${signingName}.`);
      }
      const candidates = (signingName === undefined ? definitions : signed).map(modelOf);
      for (const find of FINDERS) {
        const route = find(request, candidates);
        if (route) return route;
      }
      throw refuse(request, signingName);
    },
  };
}
