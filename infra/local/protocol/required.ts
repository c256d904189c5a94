/** Finds a required member that a request leaves out, at any depth. */
import type { ServiceModel } from './service-model';
import { ApiError } from '../kernel/api-error';
import type { Shape, StructureShape } from './shape';

/** Dotted path, lists with their index from 1, as AWS's messages give it. */
export function findMissing(shape: Shape, value: unknown, path = ''): string | undefined {
  if (value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case 'structure':
      return findInStructure(shape, value as Readonly<Record<string, unknown>>, path);
    case 'list':
      return first(value as readonly unknown[], (item, index) =>
        findMissing(shape.element.shape, item, `${path}.${String(index + 1)}.member`),
      );
    case 'map':
      return first(Object.entries(value), ([key, item]) => findMissing(shape.value.shape, item, `${path}.${key}`));
    default:
      return undefined;
  }
}

function findInStructure(shape: StructureShape, value: Readonly<Record<string, unknown>>, path: string) {
  return first(shape.members, (member) => {
    const place = path === '' ? member.name : `${path}.${member.name}`;
    const item = value[member.name];
    // The SDK fills an absent token in; so does the server of AWS.
    if (item === undefined) return member.required && !('idempotencyToken' in member.traits) ? place : undefined;
    return findMissing(member.shape, item, place);
  });
}

function first<Item>(items: readonly Item[], find: (item: Item, index: number) => string | undefined) {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

const DEFAULT_CODES: Readonly<Record<ServiceModel['protocol'], string>> = {
  awsJson1_0: 'ValidationException',
  awsJson1_1: 'ValidationException',
  awsQuery: 'ValidationError',
  ec2Query: 'MissingParameter',
  restJson1: 'ValidationException',
};

export function missingParameter(service: ServiceModel, path: string): ApiError {
  const code = service.definition.missingParameterCode ?? DEFAULT_CODES[service.protocol];
  if (service.protocol === 'ec2Query') return new ApiError(code, `The request must contain the parameter ${path}`);
  const complaint = `Value null at '${path}' failed to satisfy constraint: Member must not be null`;
  return new ApiError(code, `1 validation error detected: ${complaint}`);
}
