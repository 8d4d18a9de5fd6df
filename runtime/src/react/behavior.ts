// In: what a manifest says should happen when a slot changes. Out: listeners on the use's element that do it. A newer
// happening ends what an older one began: a late answer never overwrites a newer one, nor what was typed meanwhile.

import type { OperationInput, UseContext } from '../adapter.js';
import { IntegrationError } from '../errors.js';
import { checkedOf, fill, filesOf, isFill, isTouched, stateOf, textOf, valueOf } from './slot-values.js';
import { findSlots, slotAt } from './use-context.js';

/** One run of a behaviour. After a newer one has begun, its calls reject and it does nothing any more. */
export interface Turn {
  /** What is typed or chosen in the slot; `''` if it is empty or not on the page. */
  value(slot: string): string;
  /** Whether it is neither. */
  filled(slot: string): boolean;
  checked(slot: string): boolean;
  /** What is typed as a number, if it is one. */
  number(slot: string): number | undefined;
  files(slot: string): readonly File[];
  text(slot: string): string;
  /** The value of a prop of the use. */
  prop(name: string): unknown;
  call(operation: string, input: unknown): Promise<unknown>;
  /** Leaves a slot alone that somebody has changed since the run began, and if there is no value. */
  fill(slot: string, value: string | number | boolean | undefined): void;
  emit(event: string, detail: unknown): void;
}

export interface Behavior {
  readonly on: 'change' | 'input' | 'blur' | 'submit' | 'click';
  /** The slots where it happens. */
  readonly of: readonly string[];
  /** How long to wait for more of it: milliseconds, or the prop that says so. */
  readonly after?: number | string;
  readonly run: (this: void, turn: Turn) => void | Promise<void>;
}

/** How the calls of behaviours stand. */
export interface BehaviorStatus {
  readonly pending: boolean;
  readonly error: IntegrationError | undefined;
}

/** What behaviours work on. */
export interface BehaviorHost {
  readonly use: UseContext;
  call(this: void, operation: string, input: unknown, signal: AbortSignal): Promise<unknown>;
  /** Whether no provider runs, so that the markup's own forms and links have to work. */
  isStatic(this: void): boolean;
  show(this: void, status: BehaviorStatus): void;
  report(this: void, error: unknown): void;
}

/** Thrown out of a run that a newer one, or a person who types, has overtaken. */
class Overtaken extends Error {}

class BehaviorTurn implements Turn {
  #host: BehaviorHost;
  #behavior: Behavior;
  #signal: AbortSignal;
  #begin: () => void;
  #before = new Map<string, string>();

  /** `begin` is called before each call. */
  constructor(host: BehaviorHost, behavior: Behavior, slots: readonly string[], signal: AbortSignal, begin: () => void) {
    this.#host = host;
    this.#behavior = behavior;
    this.#signal = signal;
    this.#begin = begin;
    for (const slot of slots) this.#before.set(slot, stateOf(this.#elements(slot)));
  }

  value(slot: string): string {
    return valueOf(this.#elements(slot));
  }

  filled(slot: string): boolean {
    return this.value(slot) !== '';
  }

  checked(slot: string): boolean {
    return checkedOf(this.#elements(slot));
  }

  number(slot: string): number | undefined {
    const text = this.value(slot).trim();
    const number = Number(text);
    return text === '' || !Number.isFinite(number) ? undefined : number;
  }

  files(slot: string): readonly File[] {
    return filesOf(this.#elements(slot));
  }

  text(slot: string): string {
    return textOf(this.#elements(slot));
  }

  prop(name: string): unknown {
    return this.#host.use.values()[name];
  }

  async call(operation: string, input: unknown): Promise<unknown> {
    this.#begin();
    const answer = await this.#host.call(operation, input, this.#signal);
    if (this.#signal.aborted || this.#behavior.of.some((slot) => this.#changed(slot))) throw new Overtaken();
    return answer;
  }

  fill(slot: string, value: string | number | boolean | undefined): void {
    if (value === undefined || this.#changed(slot)) return;
    fill(this.#elements(slot), value);
    this.#before.set(slot, stateOf(this.#elements(slot)));
  }

  emit(event: string, detail: unknown): void {
    try {
      this.#host.use.emit(event, detail as OperationInput);
    } catch (error) {
      reportError(error); // of the application's handler: its own, and no reason to stop
    }
  }

  #elements(slot: string): readonly Element[] {
    return findSlots(this.#host.use.element, slot);
  }

  #changed(slot: string): boolean {
    return stateOf(this.#elements(slot)) !== this.#before.get(slot);
  }
}

const EVENTS = { change: 'change', input: 'input', blur: 'focusout', submit: 'submit', click: 'click' } as const;

/** A change that is waited for happens while somebody types, too: the wait is for the end of it. */
function eventsOf({ on, after }: Behavior): readonly string[] {
  return on === 'change' && after !== undefined ? ['input', 'change'] : [EVENTS[on]];
}

/** What would leave the page, or load it anew. */
const LEAVES = 'a[href], button, input[type=submit], input[type=image]';

class Reaction {
  #host: BehaviorHost;
  #behavior: Behavior;
  #slots: readonly string[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();
  #pending = false;
  /** How the slots stood when it happened last, and behind what was filled in then. */
  #heard: string | undefined;

  constructor(host: BehaviorHost, behavior: Behavior, slots: readonly string[]) {
    this.#host = host;
    this.#behavior = behavior;
    this.#slots = slots;
  }

  readonly hear = (event: Event): void => {
    const { target } = event;
    if (isFill(event) || !(target instanceof Element)) return;
    const slot = slotAt(this.#host.use.element, target);
    if (slot === null || !this.#behavior.of.includes(slot)) return;
    this.#stay(event, target);
    if (event.type !== 'change' || this.#state() !== this.#heard) this.#begin();
  };

  /** What was typed before anybody listened counts as if it had been typed now. */
  catchUp(): void {
    const { of, on } = this.#behavior;
    const typed = of.some((slot) => isTouched(findSlots(this.#host.use.element, slot)));
    if (typed && on !== 'submit' && on !== 'click') this.#begin();
  }

  #state(): string {
    return JSON.stringify(this.#behavior.of.map((slot) => stateOf(findSlots(this.#host.use.element, slot))));
  }

  #begin(): void {
    this.cancel();
    this.#heard = this.#state();
    const wait = this.#wait();
    if (wait > 0) this.#timer = setTimeout(() => void this.#run(), wait);
    else void this.#run();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  /** Forms and links have their own effect only where there is nobody to act in their place. */
  #stay(event: Event, target: Element): void {
    const leaves = event.type === 'submit' || (event.type === 'click' && target.closest(LEAVES));
    if (leaves && !this.#host.isStatic()) event.preventDefault();
  }

  #wait(): number {
    const { after = 0 } = this.#behavior;
    return typeof after === 'number' ? after : Number(this.#host.use.values()[after] ?? 0);
  }

  async #run(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    const begin = (): void => this.#show(abort.signal, true, undefined);
    try {
      await this.#behavior.run(new BehaviorTurn(this.#host, this.#behavior, this.#slots, abort.signal, begin));
      if (!abort.signal.aborted) this.#heard = this.#state();
      this.#show(abort.signal, false, undefined);
    } catch (error) {
      const known = error instanceof IntegrationError;
      if (!known && !(error instanceof Overtaken)) this.#host.report(error);
      this.#show(abort.signal, false, known ? error : undefined);
    }
  }

  /** A run that called nothing has nothing to show, but for the end of the one that it has overtaken. */
  #show(signal: AbortSignal, pending: boolean, error: IntegrationError | undefined): void {
    if (signal.aborted || (!pending && !this.#pending)) return;
    this.#pending = pending;
    this.#host.show({ pending, error });
  }
}

/** Elements whose visitors have been caught up with: once, however often their components are mounted. */
const met = new WeakSet<Element>();

/** Listens until the function that it returns is called. `slots` are all that the integration declares. */
export type Behaviors = (this: void, host: BehaviorHost, slots: readonly string[]) => () => void;

/** What the manifest makes happen in the markup. An integration without behaviours does not have to load what does it. */
export function behave(behaviors: readonly Behavior[]): Behaviors {
  return (host, slots) => watch(host, behaviors, slots);
}

function watch(host: BehaviorHost, behaviors: readonly Behavior[], slots: readonly string[]): () => void {
  const { element } = host.use;
  const reactions = behaviors.map((behavior) => [eventsOf(behavior), new Reaction(host, behavior, slots)] as const);
  for (const [types, reaction] of reactions)
    for (const type of types) element.addEventListener(type, reaction.hear);
  // Later, since StrictMode mounts, unmounts and mounts again.
  const meeting = setTimeout(() => {
    if (met.has(element)) return;
    met.add(element);
    for (const [, reaction] of reactions) reaction.catchUp();
  });
  return () => {
    clearTimeout(meeting);
    for (const [types, reaction] of reactions) {
      for (const type of types) element.removeEventListener(type, reaction.hear);
      reaction.cancel();
    }
  };
}
