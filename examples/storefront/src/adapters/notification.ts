import type { ProviderAdapter } from '@fxc/runtime';
import { postJson } from './http';

export const adapter: ProviderAdapter = {
  start: () => ({ operations: { subscribe: async (input) => postJson<unknown>('/post/subscriptions', input) } }),
};
