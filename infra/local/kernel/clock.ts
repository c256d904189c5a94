/**
 * The local account's time. Everything that AWS does later (draining, asynchronous operations, schedules, visibility
 * timeouts) hangs on this clock, so that a test or the demo can let a quarter of an hour pass at once.
 */
import { createHeap } from './heap';

export type Cancel = () => void;

export interface Clock {
  now(): Date;
  /**
   * Runs `task` once `milliseconds` of simulated time have passed. A task must never wait for simulated time itself
   * (it would wait for its own clock): it starts such work, and does not return its promise.
   */
  after(milliseconds: number, task: () => void | Promise<void>): Cancel;
}

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly task: () => void | Promise<void>;
  cancelled: boolean;
}

/** Longest delay that Node's timers take: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export interface ClockOptions {
  /** Where time starts; real time if absent. */
  readonly start?: Date;
  /** true: time flows like real time and can be advanced besides; false: it moves by `advance` only. */
  readonly running: boolean;
}

export class SimulatedClock implements Clock {
  readonly #running: boolean;
  readonly #timers = createHeap<Timer>((a, b) => a.due - b.due || a.order - b.order);
  #base: number;
  #order = 0;
  #wake: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor({ start, running }: ClockOptions) {
    this.#running = running;
    const now = (start ?? new Date()).getTime();
    this.#base = running ? now - Date.now() : now;
  }

  now(): Date {
    return new Date(this.#milliseconds());
  }

  /** Distance to real time in milliseconds; what a function's process adds to its own clock. */
  offset(): number {
    return this.#milliseconds() - Date.now();
  }

  after(milliseconds: number, task: () => void | Promise<void>): Cancel {
    const due = this.#milliseconds() + Math.max(0, milliseconds);
    const timer: Timer = { due, order: this.#order++, task, cancelled: false };
    this.#timers.push(timer);
    if (this.#timers.first() === timer) this.#arm();
    return () => {
      timer.cancelled = true;
    };
  }

  /** Lets simulated time pass: every task that falls due runs in order, at its own time. */
  async advance(milliseconds: number): Promise<void> {
    const target = this.#milliseconds() + milliseconds;
    for (let next = this.#next(); next && next.due <= target; next = this.#next()) {
      this.#moveTo(next.due);
      await this.#run(next);
    }
    this.#moveTo(target);
    this.#arm();
  }

  /** Drops every timer; nothing fires afterwards. */
  stop(): void {
    this.#stopped = true;
    this.#timers.clear();
    clearTimeout(this.#wake);
  }

  #milliseconds(): number {
    return this.#running ? this.#base + Date.now() : this.#base;
  }

  #moveTo(milliseconds: number): void {
    if (milliseconds > this.#milliseconds()) this.#base += milliseconds - this.#milliseconds();
  }

  #next(): Timer | undefined {
    while (this.#timers.first()?.cancelled) this.#timers.pop();
    return this.#timers.first();
  }

  /** Only ever given what `#next` found, the top of the heap. */
  async #run(timer: Timer): Promise<void> {
    this.#timers.pop();
    await timer.task();
  }

  #arm(): void {
    if (!this.#running || this.#stopped) return;
    clearTimeout(this.#wake);
    const next = this.#next();
    if (!next) return;
    const wait = Math.min(Math.max(0, next.due - this.#milliseconds()), MAX_TIMEOUT_MS);
    this.#wake = setTimeout(() => void this.#fire(), wait);
    // The account lives as long as its server does; a timer alone must not keep the process up.
    this.#wake.unref();
  }

  async #fire(): Promise<void> {
    for (let next = this.#next(); next && next.due <= this.#milliseconds(); next = this.#next()) {
      await this.#run(next);
    }
    this.#arm();
  }
}
