import type { ProviderAdapter } from '@fxc/runtime';
import { getJson } from './http';

async function cover(input: unknown): Promise<unknown> {
  const { lat, lng } = input as { readonly lat: number; readonly lng: number };
  return getJson<unknown>('/tours/coverage', { lat, lng });
}

export const adapter: ProviderAdapter = { start: () => ({ operations: { cover } }) };
