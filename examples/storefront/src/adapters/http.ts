// The one way out to a provider. The storefront serves its providers' mock under its own origin; a real project would
// put the address of its server half here, since keys must not reach a browser.

export async function getJson<T>(path: string, query: Record<string, string | number | undefined>): Promise<T> {
  const url = new URL(path, location.origin);
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') url.searchParams.set(key, String(value));
  }
  return read<T>(await fetch(url));
}

export async function postJson<T>(path: string, body: unknown): Promise<T> {
  return read<T>(await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }));
}

/** Rejects while a provider is down, so that its release is not started and the next of the fallback chain is. */
export async function ready(provider: string): Promise<void> {
  await getJson<unknown>(`/status/${provider}`, {});
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url} answered ${String(response.status)}`);
  return (await response.json()) as T;
}
