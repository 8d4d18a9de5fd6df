// payment-processing, both releases: they differ in the path alone. A hand-written adapter, as a provider's own SDK would
// need one; all other providers are called by the bindings of their manifests.
import type { ProviderAdapter } from '@fxc/runtime';

async function post(path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal });
  if (!response.ok) throw new Error(`the payment provider answered ${String(response.status)}`);
  return response.json();
}

export const adapter: ProviderAdapter = {
  start: ({ provider }) => {
    const path = provider === 'tidewater-pay-classic' ? '/pay/v2/charges' : '/pay/v3/charges';
    return { operations: { charge: async (input, { signal }) => post(path, input, signal) } };
  },
};
