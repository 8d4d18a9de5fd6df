// In: Vite's development server. Out: the same with the server half in it, at `/_fx/`: loaded through Vite, so that what a
// build writes anew takes effect with the next request. Keys come from the process's environment and Vite's `.env` files.

import { nodeHandler } from './handler.js';
import type { NodeHandler } from './handler.js';
import { SERVER_PATH } from '../remote.js';
import type { Environment } from '../server/environment.js';
import type { FetchHandler } from '../server/handler.js';
import type { HandlerOptions } from '../server/options.js';

export interface FxcPluginOptions {
  /** The handler that fxc has emitted: `generated/server/handler.ts`, from Vite's root. */
  readonly handler?: string;
  /** As for `serverHalf`. */
  readonly options?: HandlerOptions;
}

/** What is asked of Vite: of any version that has it. */
export interface ViteServer {
  readonly config: { readonly root: string; readonly mode: string; readonly envDir?: string | false };
  readonly middlewares: { use(handle: (...parameters: [...Parameters<NodeHandler>, (error?: unknown) => void]) => void): unknown };
  ssrLoadModule(file: string): Promise<Readonly<Record<string, unknown>>>;
  ssrFixStacktrace(error: Error): void;
}

export interface FxcPlugin {
  readonly name: string;
  readonly apply: 'serve';
  configureServer(server: ViteServer): Promise<void>;
}

async function environmentOf({ root, mode, envDir }: ViteServer['config']): Promise<Environment> {
  const { loadEnv } = await import('vite');
  return envDir === false ? loadEnv(mode, '', '') : loadEnv(mode, envDir ?? root, '');
}

type CreateHandler = (options: HandlerOptions) => FetchHandler;

function handlerOf(module: Readonly<Record<string, unknown>>, options: HandlerOptions): FetchHandler {
  const { createHandler, handler } = module as { readonly createHandler?: CreateHandler; readonly handler?: FetchHandler };
  if (createHandler) return createHandler(options);
  if (!handler) throw new Error('the module exports no handler');
  return (request) => handler(request, options.env);
}

/** For `plugins` of Vite's configuration. Does nothing in a build. */
export function fxcServer({ handler: file = 'generated/server/handler.ts', options = {} }: FxcPluginOptions = {}): FxcPlugin {
  return {
    name: 'fxc-server',
    apply: 'serve',
    async configureServer(server) {
      const env = options.env ?? (await environmentOf(server.config));
      // One handler a module, for its counts: Vite gives the same module until one of its files changes.
      const made = new WeakMap<object, NodeHandler>();
      const load = async (): Promise<NodeHandler> => {
        const module = await server.ssrLoadModule(`/${file}`);
        const found = made.get(module) ?? nodeHandler(handlerOf(module, { ...options, env }));
        made.set(module, found);
        return found;
      };
      server.middlewares.use((message, response, next) => {
        if (!message.url?.startsWith(SERVER_PATH)) return void next();
        load().then((handle) => handle(message, response), (error: unknown) => {
          if (error instanceof Error) server.ssrFixStacktrace(error);
          next(error);
        });
      });
    },
  };
}
