import { storyPart } from '../story/story';
import { hostsPart } from './hosts';
import { networkPart } from './network';
import type { DemoPart } from './part';
import { quayPart } from './quay';
import { registrationPart } from './registration';
import { tasksPart } from './tasks';

/** In the order in which they are made. */
export const demoParts: readonly DemoPart[] = [
  ...[storyPart, networkPart, registrationPart, hostsPart, tasksPart, quayPart],
];
