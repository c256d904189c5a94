/** Finds the service and operation that a request means. */
import { ApiError } from '../kernel/api-error';
import type { ServiceDefinition } from '../kernel/operation';
import { queryParameters } from './aws-query';
import type { RestRoutes } from './rest-routes';
import { createRestRoutes } from './rest-routes';
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
  const speakers = candidates.filter(isQuery);
  const parameters = speakers.length > 0 ? queryParameters(request) : undefined;
  const operation = parameters?.get('Action');
  if (!parameters || !operation) return undefined;
  const version = parameters.get('Version');
  const service = speakers.find((candidate) => version === null || candidate.version === version);
  return service && { service, operation };
};

function createByPath(): Find {
  const routes = new WeakMap<ServiceModel, RestRoutes>();
  const routesOf = (service: ServiceModel): RestRoutes => {
    const known = routes.get(service) ?? createRestRoutes(service);
    routes.set(service, known);
    return known;
  };
  return (request, candidates) => {
    for (const service of candidates) {
      const operation = service.protocol === 'restJson1' ? routesOf(service).find(request) : undefined;
      if (operation !== undefined) return { service, operation };
    }
    return undefined;
  };
}

/** What a request asks for in its own words, for the error that says nobody knows it. */
function asked(request: WireRequest): string {
  const target = request.headers['x-amz-target']?.split('.').at(-1);
  return target ?? queryParameters(request).get('Action') ?? `${request.method} ${request.path}`;
}

function unknownService(message: string): ApiError {
  return new ApiError('UnknownService', `The local account ${message}.`, 501);
}

export function createRouter(definitions: readonly ServiceDefinition[]): Router {
  const finders: readonly Find[] = [byTarget, byAction, createByPath()];
  return {
    route(request, signingName) {
      const signed = definitions.filter((definition) => definition.signingName === signingName);
      const candidates = (signingName === undefined ? definitions : signed).map(modelOf);
      for (const find of finders) {
        const route = find(request, candidates);
        if (route) return route;
      }
      if (signingName === undefined) {
        throw unknownService(`cannot tell the service that an unsigned request for ${asked(request)} is meant for`);
      }
      const [service] = candidates;
      if (!service) throw unknownService(`has no service that signs as ${signingName}`);
      return { service, operation: asked(request) };
    },
  };
}
