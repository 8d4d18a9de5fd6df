/// <reference types="node" />
// In: the folder with `runtime-config.json` and `runtime-overrides.json`. Out: what they say now: `fxc flag` changes the
// second, and no server is started anew. A file that cannot be read changes nothing, and is told once.

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuntimeConfig, RuntimeOverrides } from '../runtime-config.js';
import { parseRuntimeConfig, parseRuntimeOverrides } from '../selection/settings-shape.js';

export interface FileSettingsOptions {
  /** Milliseconds in which a file is looked at once at most: 1000. */
  readonly every?: number;
  /** Told of a file that is there and cannot be read: the console's errors. */
  readonly log?: (this: void, line: string) => void;
}

export interface FileSettings {
  readonly runtimeConfig: (this: void) => Promise<RuntimeConfig>;
  readonly overrides: (this: void) => Promise<RuntimeOverrides>;
}

/** Size and time of a file; `''` if there is none. */
async function markOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs, ino } = await stat(file);
    return `${String(size)} ${String(mtimeMs)} ${String(ino)}`;
  } catch {
    return '';
  }
}

function reader<T extends object>(file: string, empty: T, parse: (text: string) => T, { every = 1000, log = (line) => console.error(line) }: FileSettingsOptions): () => Promise<T> {
  let [value, mark, lookedAt] = [empty, '', -Infinity];
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const found = await markOf(file);
    if (found === mark) return;
    mark = found;
    try {
      value = found === '' ? empty : parse(await readFile(file, 'utf8'));
    } catch (error) {
      log(`${file} is not read: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return async () => {
    const now = performance.now();
    if (now - lookedAt >= every && !looking) {
      lookedAt = now;
      looking = look().finally(() => (looking = undefined));
    }
    await looking;
    return value;
  };
}

/** For the options of `serverHalf`: `{ ...fileSettings('generated') }`. */
export function fileSettings(folder: string, options: FileSettingsOptions = {}): FileSettings {
  return {
    runtimeConfig: reader<RuntimeConfig>(join(folder, 'runtime-config.json'), {}, parseRuntimeConfig, options),
    overrides: reader<RuntimeOverrides>(join(folder, 'runtime-overrides.json'), {}, parseRuntimeOverrides, options),
  };
}
