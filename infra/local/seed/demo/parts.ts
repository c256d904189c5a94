import { storyPart } from '../story/story';
import { hostsPart } from './hosts';
import { networkPart } from './network';
import type { DemoPart } from './part';
import { registrationPart } from './registration';

/** In the order in which they are made. */
export const demoParts: readonly DemoPart[] = [storyPart, networkPart, registrationPart, hostsPart];
