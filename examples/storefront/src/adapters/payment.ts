// payment-processing, both releases: they differ in the path alone.
import type { ProviderAdapter } from '@fxc/runtime';
import { postJson } from './http';

export const adapter: ProviderAdapter = {
  start: ({ provider }) => {
    const path = provider === 'tidewater-pay-classic' ? '/pay/v2/charges' : '/pay/v3/charges';
    return { operations: { charge: async (input) => postJson<unknown>(path, input) } };
  },
};
