import { buildAssertions } from './build-assertions';
import { deliveryAssertions } from './delivery-assertions';
import { operationAssertions } from './operation-assertions';
import { securityAssertions } from './security-assertions';
import { figureAssertions } from './figure-assertions';
import type { Assertion } from './template-reader';

/** What is asked of the template once it is translated: by the local account's transform, and by SAM's. */
export const assertions: readonly Assertion[] = [
  ...[...deliveryAssertions, ...buildAssertions, ...securityAssertions, ...operationAssertions, ...figureAssertions],
];
