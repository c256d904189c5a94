import * as v from 'valibot';
import { placeOf } from './envelope';
import { eventParser } from './event-parser';
import { accountRequest } from './schedule';
import { DEFAULT_PARAMETER_PATH, nothing, UNPLACED } from './trigger';

const detail = v.object({ name: v.string() });

/**
 * `Parameter Store Change`: a changed policy or kill switch may change the verdict on anything.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html
 */
export const parameterStore = eventParser(detail, ({ detail: { name }, event, settings }) => {
  const path = settings.parameterPath ?? DEFAULT_PARAMETER_PATH;
  if (!name.startsWith(path)) return nothing(`parameter ${JSON.stringify(name)} is not below ${path}`);
  const place = placeOf(event, settings);
  return place ? { requests: [accountRequest(place)] } : nothing(UNPLACED);
});
