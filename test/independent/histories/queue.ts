/** The queue between events and the controller, with what may befall an event on its way. */
import type { Befall } from './exercised';
import type { Fate } from './history';

interface Message {
  readonly body: string;
  /** Milliseconds since 1970: not before then. */
  readonly due: number;
  readonly receives: number;
}

/** As the template has it: a batch that failed comes again after this, and so often in all. */
const VISIBILITY_MS = 1_080_000;
const MAX_RECEIVES = 5;
const MINUTE = 60_000;

export interface Queue {
  /** An event of the world; `fates` decides what becomes of it. */
  event(body: string): void;
  /** What the controller itself puts back. */
  send(body: string, delaySeconds: number): void;
  /** Everything that is due, out of sight from then on. */
  receive(): Batch | undefined;
  /** From now on nothing befalls events. */
  clear(): void;
  /** From now on events are lost, with those that are on their way, or no longer. */
  deafen(isDeaf: boolean): void;
}

export interface Batch {
  readonly bodies: readonly string[];
  /** The function failed: all of it comes again. */
  fail(): void;
}

export interface QueueOptions {
  readonly now: () => Date;
  readonly fates: readonly Fate[];
  readonly reversed: boolean;
  readonly befall: Befall;
}

export function createQueue({ now, fates, reversed, befall }: QueueOptions): Queue {
  let messages: Message[] = [];
  let count = 0;
  let isClear = false;
  let isDeaf = false;
  const at = (): number => now().getTime();
  const add = (body: string, due: number): void => void messages.push({ body, due, receives: 0 });

  return {
    event(body) {
      const fate = isClear || fates.length === 0 ? 0 : (fates[count++ % fates.length] ?? 0);
      if (isDeaf) return;
      if (fate !== 0) befall(typeof fate === 'number' ? 'event late' : `event ${fate}`);
      if (fate === 'never') return;
      add(body, at() + (fate === 'twice' ? 0 : fate * MINUTE));
      if (fate === 'twice') add(body, at() + MINUTE);
    },
    send: (body, delaySeconds) => add(body, at() + delaySeconds * 1_000),
    receive() {
      const due = messages.filter((message) => message.due <= at());
      if (due.length === 0) return undefined;
      messages = messages.filter((message) => !due.includes(message));
      const bodies = due.map(({ body }) => body);
      return {
        bodies: reversed && !isClear ? bodies.reverse() : bodies,
        fail() {
          const again = due.map(({ body, receives }) => ({ body, due: at() + VISIBILITY_MS, receives: receives + 1 }));
          messages.push(...again.filter(({ receives }) => receives < MAX_RECEIVES));
        },
      };
    },
    clear() {
      isClear = true;
    },
    deafen(deaf) {
      isDeaf = deaf;
      if (deaf) messages = [];
    },
  };
}
