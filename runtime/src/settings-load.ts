// In: the addresses of `runtime-config.json` and `runtime-overrides.json`, or of the server half that has both. Out: settings that
// follow them: asked for now, from time to time, and when a page comes to the fore again. What cannot be read changes nothing, and is reported once.

import type { Clock } from './clock.js';
import { systemClock } from './clock.js';
import type { IntegrationIssue } from './errors.js';
import { parseRuntimeConfig, parseRuntimeOverrides, parseSettings } from './settings-shape.js';
import type { PageSettings, Settings } from './settings.js';

export interface LoadSettingsOptions {
  readonly config?: string | undefined;
  /** A file that is not there says nothing. */
  readonly overrides?: string | undefined;
  /** `/_fx/resolve` of the server half, instead of both. */
  readonly resolve?: string | undefined;
  /** Milliseconds between two looks, one minute unless said. 0: only when the page comes to the fore. */
  readonly every?: number | undefined;
  readonly onIssue?: ((this: void, issue: IntegrationIssue) => void) | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
  readonly fetch?: typeof fetch | undefined;
}

export interface LoadedSettings {
  /** Looks now; resolves when everything was looked at, whatever came of it. */
  refresh(this: void): Promise<void>;
  stop(this: void): void;
}

/** A look that takes longer is given up. */
const PATIENCE = 10_000;

type Read = (text: string) => PageSettings;

/** One address. Remembers what it answered last, so that the same is neither sent nor reported again. */
class Source {
  #url: string;
  #read: Read;
  #absent: PageSettings | undefined;
  #etag = '';
  #problem = '';

  constructor(url: string, read: Read, absent?: PageSettings) {
    this.#url = url;
    this.#read = read;
    this.#absent = absent;
  }

  async look(ask: typeof fetch, signal: AbortSignal): Promise<PageSettings> {
    const values = await this.#ask(ask, signal);
    this.#problem = '';
    return values;
  }

  /** Whether this is something new. */
  isNews(error: unknown): boolean {
    const before = this.#problem;
    this.#problem = String(error);
    return this.#problem !== before;
  }

  async #ask(ask: typeof fetch, signal: AbortSignal): Promise<PageSettings> {
    const headers = { accept: 'application/json', ...(this.#etag && { 'if-none-match': this.#etag }) };
    const answer = await ask(this.#url, { headers, signal, cache: 'no-store', credentials: 'same-origin' });
    if (answer.status === 304) return {};
    const page = answer.headers.get('content-type')?.includes('html') ?? false; // what some servers answer for all that is not there
    if (this.#absent && (answer.status === 404 || page)) {
      this.#etag = ''; // the same file may come back
      return this.#absent;
    }
    if (!answer.ok) throw new Error(`${this.#url}: status ${answer.status}`);
    const values = this.#read(await answer.text());
    this.#etag = answer.headers.get('etag') ?? '';
    return values;
  }
}

function sourcesOf({ config, overrides, resolve }: LoadSettingsOptions): readonly Source[] {
  if (resolve !== undefined) return [new Source(resolve, parseSettings)];
  const sources: Source[] = [];
  if (config !== undefined) sources.push(new Source(config, (text) => ({ runtimeConfig: parseRuntimeConfig(text) })));
  if (overrides !== undefined)
    sources.push(new Source(overrides, (text) => ({ overrides: parseRuntimeOverrides(text) }), { overrides: {} }));
  return sources;
}

/** Keeps `settings` as the addresses say. */
export function loadSettings(settings: Settings, options: LoadSettingsOptions): LoadedSettings {
  const { every = 60_000, onIssue, clock = systemClock, fetch: ask = fetch, signal } = options;
  const sources = sourcesOf(options);
  const end = new AbortController();
  const stop = (): void => end.abort();

  const look = async (source: Source): Promise<void> => {
    try {
      const values = await source.look(ask, AbortSignal.any([end.signal, AbortSignal.timeout(PATIENCE)]));
      if (!end.signal.aborted) settings.update(values);
    } catch (error) {
      if (!end.signal.aborted && source.isNews(error)) onIssue?.({ integration: '', label: '', phase: 'config', error });
    }
  };
  let running: Promise<void> | undefined;
  const refresh = (): Promise<void> => (running ??= Promise.all(sources.map(look)).then(() => void (running = undefined)));

  keepLooking(refresh, every, clock, end.signal);
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true, signal: end.signal });
  return { refresh, stop };
}

/** Not while nobody sees the page; the pauses differ by a tenth, so that browsers do not come all at once. */
function keepLooking(refresh: () => Promise<void>, every: number, clock: Clock, signal: AbortSignal): void {
  const page = typeof document === 'undefined' ? undefined : document;
  const isHidden = (): boolean => page?.visibilityState === 'hidden';
  let cancel = (): void => undefined;
  const wait = (): void => {
    if (every > 0 && !signal.aborted) cancel = clock.after(every * (0.95 + clock.random() / 10), () => void next());
  };
  const next = async (): Promise<void> => {
    if (!isHidden()) await refresh();
    wait();
  };
  const seen = (): void => void (isHidden() || refresh());
  page?.addEventListener('visibilitychange', seen, { signal });
  signal.addEventListener('abort', () => cancel(), { once: true });
  void next();
}
