import { clientError } from './ecs-error';

/** EC2 instance id in an identity document: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html */
export function identityIn(document: string | undefined): string {
  const parsed = document === undefined ? undefined : parse(document);
  if (typeof parsed === 'object' && parsed !== null && 'instanceId' in parsed) {
    if (typeof parsed.instanceId === 'string') return parsed.instanceId;
  }
  throw clientError('Invalid instance identity document: it must be a JSON object with an instanceId.');
}

function parse(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    // Said by the caller, in ECS's own words.
    return undefined;
  }
}
