// The providers of the storefront, played by one HTTP server on loopback: what their public documentation says of
// request and answer, with a handful of streets and products behind it. Each can be broken, so that fallbacks can be watched:
// `GET /_mock/providers` lists them, `POST /_mock/providers` with {"name", "mode"} breaks and mends one.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const products = [
  { id: 'bench-harbor', name: 'Harbor bench', category: 'seating', price: 489 },
  { id: 'chair-dune', name: 'Dune chair', category: 'seating', price: 164 },
  { id: 'table-jetty', name: 'Jetty table', category: 'tables', price: 315 },
  { id: 'table-pier', name: 'Pier side table', category: 'tables', price: 98 },
  { id: 'lamp-gull', name: 'Gull lamp', category: 'light', price: 79 },
  { id: 'lamp-buoy', name: 'Buoy string of lamps', category: 'light', price: 46 },
  { id: 'oil-teak', name: 'Teak oil', category: 'oil', price: 19 },
  { id: 'cover-bench', name: 'Bench cover', category: 'covers', price: 38 },
];

const places = {
  'santa cruz': { city: 'Santa Cruz', region: 'CA', postcode: '95060', lat: 36.9741, lng: -122.0308, tour: 'North bay' },
  monterey: { city: 'Monterey', region: 'CA', postcode: '93940', lat: 36.6002, lng: -121.8947, tour: 'South bay' },
  fresno: { city: 'Fresno', region: 'CA', postcode: '93721', lat: 36.7378, lng: -119.7871, tour: null },
};

// "12 cedar street" to "12 Cedar St", as the postal service has it. No house number: no such address.
function deliveryLine(street) {
  const line = street.trim().toLowerCase().replace(/\bstreet\b/, 'st').replace(/\bavenue\b/, 'ave');
  return /^\d+\s+\S/.test(line) ? line.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()) : null;
}

function find(street = '', city = '') {
  const line = deliveryLine(street);
  const place = places[city.trim().toLowerCase()] ?? places['santa cruz'];
  return line && { ...place, line, formatted: `${line}, ${place.city}, ${place.region} ${place.postcode}, USA` };
}

function findOneLine(text = '') {
  const [street, city] = text.split(',');
  return find(street, city);
}

const routes = {
  'POST /v1:validateAddress': (query, body) => {
    const address = body.address ?? {};
    const hit = find(address.addressLines?.[0], address.locality);
    if (!hit) return { result: { verdict: {}, address: { postalAddress: {} } }, responseId: 'mock' };
    return {
      result: {
        verdict: { inputGranularity: 'PREMISE', validationGranularity: 'PREMISE', addressComplete: true },
        address: {
          formattedAddress: hit.formatted,
          postalAddress: {
            regionCode: 'US', postalCode: hit.postcode, administrativeArea: hit.region,
            locality: hit.city, addressLines: [hit.line],
          },
        },
        geocode: { location: { latitude: hit.lat, longitude: hit.lng } },
      },
      responseId: 'mock',
    };
  },
  'GET /street-address': (query) => {
    const hit = find(query.get('street') ?? '', query.get('city') ?? '');
    if (!hit) return [];
    return [{
      delivery_line_1: hit.line,
      last_line: `${hit.city} ${hit.region} ${hit.postcode}`,
      components: { city_name: hit.city, state_abbreviation: hit.region, zipcode: hit.postcode },
      metadata: { latitude: hit.lat, longitude: hit.lng },
    }];
  },
  'GET /maps/api/geocode/json': (query) => {
    const hit = findOneLine(query.get('address') ?? '');
    if (!hit) return { status: 'ZERO_RESULTS', results: [] };
    const location = { lat: hit.lat, lng: hit.lng };
    return { status: 'OK', results: [{ formatted_address: hit.formatted, geometry: { location } }] };
  },
  'GET /geocoder/locations/onelineaddress': (query) => {
    const hit = findOneLine(query.get('address') ?? '');
    const match = hit && { matchedAddress: hit.formatted.toUpperCase(), coordinates: { x: hit.lng, y: hit.lat } };
    return { result: { addressMatches: match ? [match] : [] } };
  },
  'POST /pay/v3/charges': (query, body) => charge(body),
  'POST /pay/v2/charges': (query, body) => charge(body),
  'GET /catalogue/search': (query) => {
    const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const category = query.get('category');
    const hits = products.filter((product) => (!category || product.category === category)
      && words.every((word) => product.name.toLowerCase().includes(word)));
    return { total: hits.length, products: hits.slice(0, Number(query.get('limit') ?? 10)) };
  },
  'GET /tours/coverage': (query) => {
    const near = Object.values(places).find((place) => Math.abs(place.lat - Number(query.get('lat'))) < 0.2
      && Math.abs(place.lng - Number(query.get('lng'))) < 0.2);
    return near?.tour ? { covered: true, tour: near.tour } : { covered: false };
  },
  'POST /post/subscriptions': (query, body) => ({ id: 'sub-1', channel: body.channel, topics: body.topics ?? [] }),
};

/** Who answers under which paths; the names are those of the manifests. */
const providers = [
  { name: 'google-address-validation', title: 'Google Address Validation', paths: ['/v1:validateAddress'] },
  { name: 'smarty', title: 'Smarty', paths: ['/street-address'] },
  { name: 'google-geocoding', title: 'Google Geocoding', paths: ['/maps/api/geocode/'] },
  { name: 'us-census-geocoder', title: 'US Census geocoder', paths: ['/geocoder/'] },
  { name: 'tidewater-pay', title: 'Tidewater Pay', paths: ['/pay/v3/'] },
  { name: 'tidewater-pay-classic', title: 'Tidewater Pay Classic', paths: ['/pay/v2/'] },
  { name: 'tidewater-catalogue', title: 'Catalogue', paths: ['/catalogue/'] },
  { name: 'tidewater-tours', title: 'Tours', paths: ['/tours/'] },
  { name: 'tidewater-post', title: 'Post', paths: ['/post/'] },
];

/** What a provider does instead of answering; `slow` answers all the same, after longer than anybody waits. */
const modes = {
  up: null,
  down: (response) => answer(response, 503, { error: 'down for maintenance' }),
  slow: null,
  busy: (response) => answer(response, 429, { error: 'too many requests' }, { 'retry-after': '1' }),
  garbage: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sorry</title><h1>Something went wrong</h1>');
  },
};
const SLOW = 6000;

function charge({ number = '', amount }) {
  const digits = number.replace(/\D/g, '');
  if (digits.endsWith('0002')) return { id: 'ch_declined', status: 'declined', amount, reason: 'insufficient funds' };
  return { id: `ch_${digits.slice(-4)}`, status: 'succeeded', amount };
}

async function readJson(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : {};
}

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  response.end(JSON.stringify(body));
}

/** A request handler whose providers can be broken; answers 404 where none has such a path. */
export function mockProviders() {
  const broken = new Map();
  const list = () => providers.map(({ name, title }) => ({ name, title, mode: broken.get(name) ?? 'up' }));
  const control = (method, { name, mode }, response) => {
    if (method !== 'POST') return answer(response, 200, list());
    if (!providers.some((one) => one.name === name) || !Object.hasOwn(modes, mode)) return answer(response, 400, { error: 'no such provider or mode' });
    broken.set(name, mode);
    return answer(response, 200, list());
  };
  return async function handle(request, response) {
    const url = new URL(request.url, 'http://loopback');
    try {
      const body = await readJson(request);
      if (url.pathname === '/_mock/providers') return control(request.method, body, response);
      const provider = providers.find(({ paths }) => paths.some((path) => url.pathname.startsWith(path)));
      const mode = broken.get(provider?.name) ?? 'up';
      if (mode === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW));
      if (modes[mode]) return modes[mode](response);
      const route = routes[`${request.method} ${url.pathname}`];
      if (!route) return answer(response, 404, { error: 'no provider answers here' });
      return answer(response, 200, route(url.searchParams, body));
    } catch (error) {
      return answer(response, 400, { error: String(error) });
    }
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = createServer(mockProviders());
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
    console.log(`mock providers at http://127.0.0.1:${server.address().port}/`);
  });
}
