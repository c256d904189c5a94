import type { KnownMessage } from './known-message';
import { messagesOfNetwork } from './messages-of-network';
import { messagesOfTasks } from './messages-of-tasks';

/** Every message that is named among the known failure modes (F1 to F29), and its neighbours, with what explains it. */
export const knownMessages: readonly KnownMessage[] = [...messagesOfNetwork, ...messagesOfTasks];
