// An adapter written by hand, as a manifest's `module` names one.
import type { ProviderAdapter } from '@fxc/runtime';

export const adapter: ProviderAdapter = {
  start() {
    return {
      operations: {
        validate: async (input) => ({ ...input, city: 'Places', lat: 0, lng: 0 }),
      },
    };
  },
};
