// A provider that starts and does nothing.
import type { ProviderAdapter } from '@fxc/runtime';

export const adapter: ProviderAdapter = { start: () => ({ operations: {} }) };
