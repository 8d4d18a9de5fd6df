import type { ProviderAdapter } from '@fxc/runtime';
import { getJson } from './http';

interface Query {
  readonly query: string;
  readonly category?: string;
  readonly limit?: number;
}

async function search(input: unknown): Promise<unknown> {
  const { query, category, limit } = input as Query;
  return getJson<unknown>('/catalogue/search', { q: query, category, limit });
}

export const adapter: ProviderAdapter = { start: () => ({ operations: { search } }) };
