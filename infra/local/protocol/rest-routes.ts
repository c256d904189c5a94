/** Which operation of a restJson1 service a method and path mean. */
import type { ServiceModel } from './service-model';
import type { UriTemplate } from './uri-template';
import { bySpecificity, matchPath, matchQuery } from './uri-template';
import type { WireRequest } from './wire';

export interface RestRoutes {
  /** Name of the operation; undefined if none fits. */
  find(request: WireRequest): string | undefined;
}

interface RestRoute {
  readonly name: string;
  readonly template: UriTemplate;
}

export function createRestRoutes(service: ServiceModel): RestRoutes {
  const routes = service.operationNames
    .flatMap((name): RestRoute[] => {
      const template = service.operation(name)?.http;
      return template ? [{ name, template }] : [];
    })
    .sort((a, b) => bySpecificity(a.template, b.template));
  return {
    find({ method, path, query }) {
      const fits = ({ template }: RestRoute): boolean =>
        template.method === method && matchQuery(template, query) && matchPath(template, path) !== undefined;
      return routes.find(fits)?.name;
    },
  };
}
