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
  /** true: time flows and can be advanced besides; false: it moves by `advance` only. */
  readonly running: boolean;
  /** Simulated seconds in a real one, while it flows; 1 if absent. */
  readonly speed?: number;
}

/** What another process needs to keep the same time. */
export interface ClockReading {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** 0 while time stands still. */
  readonly speed: number;
}

export class SimulatedClock implements Clock {
  readonly #speed: number;
  readonly #origin = Date.now();
  readonly #listeners = new Set<() => void>();
  readonly #beforeTask = new Set<() => void>();
  readonly #timers = createHeap<Timer>((a, b) => a.due - b.due || a.order - b.order);
  #base: number;
  #order = 0;
  #wake: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor({ start, running, speed = 1 }: ClockOptions) {
    if (!(speed > 0)) throw new RangeError(`a clock's speed must be above 0, not ${String(speed)}`);
    this.#speed = running ? speed : 0;
    this.#base = (start ?? new Date(this.#origin)).getTime();
  }

  now(): Date {
    return new Date(this.#milliseconds());
  }

  reading(): ClockReading {
    return { now: this.#milliseconds(), speed: this.#speed };
  }

  /** Told after each jump; what flows needs no telling. Returns how to end it. */
  onJump(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Told before each task that falls due, when something is about to happen. */
  onTask(listener: () => void): void {
    this.#beforeTask.add(listener);
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
    return this.#base + (Date.now() - this.#origin) * this.#speed;
  }

  #moveTo(milliseconds: number): void {
    const ahead = milliseconds - this.#milliseconds();
    if (ahead <= 0) return;
    this.#base += ahead;
    for (const listener of this.#listeners) listener();
  }

  #next(): Timer | undefined {
    while (this.#timers.first()?.cancelled) this.#timers.pop();
    return this.#timers.first();
  }

  /** Only ever given what `#next` found, the top of the heap. */
  async #run(timer: Timer): Promise<void> {
    this.#timers.pop();
    for (const listener of this.#beforeTask) listener();
    await timer.task();
  }

  #arm(): void {
    if (this.#speed === 0 || this.#stopped) return;
    clearTimeout(this.#wake);
    const next = this.#next();
    if (!next) return;
    const wait = Math.min(Math.max(0, (next.due - this.#milliseconds()) / this.#speed), MAX_TIMEOUT_MS);
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
