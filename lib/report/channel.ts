import type { ChannelName } from '../state/memory';
import type { Alert } from './alert';

/** One message of a channel. */
export interface Parcel {
  /** Changes that it tells of. */
  readonly ids: readonly string[];
  /** Resolves once the channel accepted it. Rejects with `ChannelBusy` if nothing more is taken for now. */
  readonly send: () => Promise<void>;
}

/** A way in which people are told. */
export interface Channel {
  readonly name: ChannelName;
  /** The messages that tell of these alerts, in the order in which they are sent. */
  readonly pack: (alerts: readonly Alert[]) => readonly Parcel[];
}

/** The channel takes no more messages for a while. */
export class ChannelBusy extends Error {
  override readonly name = 'ChannelBusy';
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}
