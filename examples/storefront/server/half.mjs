// The server half of the storefront: what fxc generated, with keys that no browser ever sees, behind node's own server.
// The providers that it asks at their real addresses are played by the mock, so that the example needs no account.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const played = new Set(['addressvalidation.googleapis.com', 'us-street.api.smarty.com', 'maps.googleapis.com']);

// Made up, of the form that the manifests ask for; the mock takes any.
const environment = {
  MAPS_KEY: `AIza${'0'.repeat(35)}`,
  SMARTY_AUTH_ID: '00000000-0000-0000-0000-000000000000',
  SMARTY_AUTH_TOKEN: 'storefront',
};

/** From here on, calls of those providers go to `origin`. */
function play(origin) {
  const { fetch } = globalThis;
  globalThis.fetch = (address, init) => {
    const url = new URL(address);
    return fetch(played.has(url.host) ? new URL(`${url.pathname}${url.search}`, origin) : url, init);
  };
}

async function toRequest(incoming, origin) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  return new Request(new URL(incoming.url, origin), { method: incoming.method, headers: new Headers(incoming.headers), ...body });
}

/** A request handler for `/_fx/…`. */
export async function serverHalf(folder, origin) {
  const { handler } = await import(pathToFileURL(join(folder, 'handler.js')));
  play(origin);
  return async (incoming, outgoing) => {
    const response = await handler(await toRequest(incoming, origin), environment);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  };
}
