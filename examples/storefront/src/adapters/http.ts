// The one way out to the storefront's own providers, whose mock is served under its own origin. Those of the standard
// library are asked by generated code, through the server half, since keys must not reach a browser.

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

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.url} answered ${String(response.status)}`);
  return (await response.json()) as T;
}
