/** Two ways in which the controller comes to its work, and whom of it they are about. */
import type { CallMade } from './calls-made';
import { everyKill, everyNth, killsByKind, type Kill } from './kill';
import type { Victim } from './victims';

export interface Plot {
  readonly name: string;
  readonly victims: readonly Victim[];
  /** The events of AWS's services never arrive. */
  readonly isDeaf: boolean;
  readonly sweepMinutes: number;
  /** A sample for every day. */
  readonly sample: (calls: readonly CallMade[]) => readonly Kill[];
}

const READS_APART = 60;
const WRITES_APART = 5;

const isRead = ({ isWrite }: CallMade): boolean => !isWrite;

export const plots: readonly Plot[] = [
  {
    name: 'events lead to it, the sweep comes last',
    victims: ['ReconcileTasks', 'ReconcileInstances', 'Notify'],
    isDeaf: false,
    sweepMinutes: 60,
    sample: (calls) => [...killsByKind(calls), ...everyKill(everyNth(calls.filter(isRead), READS_APART))],
  },
  {
    name: 'every event is lost, the sweep does it all',
    victims: ['Sweep'],
    isDeaf: true,
    sweepMinutes: 30,
    // the same code as that of the others: what differs is how it is tried again
    sample: (calls) => everyNth(killsByKind(calls), WRITES_APART),
  },
];
