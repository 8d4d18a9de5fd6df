// The provider, played: GET /api/COUNTRY/addresses?street=…&city=…. It knows three streets and answers 404 for others.
const streets = [
  { line: '12 Cedar St', town: 'Monterey', state: 'CA', zip: '93940', rural: false, geo: [36.6, -121.89] },
  { line: '3 Oak Ave', town: 'Fresno', state: 'CA', zip: '93701', rural: false, geo: [36.74, -119.78] },
  { line: '880 Mill Rd', town: 'Leggett', state: 'CA', rural: true, geo: [39.86, -123.71] },
];

/** A path with its query to a status and a body. */
export function answer(path) {
  const url = new URL(path, 'http://loopback');
  if (!/^\/api\/(us|ca)\/addresses$/.test(url.pathname)) return { status: 404, body: { error: 'no such path' } };
  const [number, name] = (url.searchParams.get('street') ?? '').toLowerCase().split(' ');
  const found = streets.find(({ line }) => line.toLowerCase().startsWith(`${number} ${name}`));
  if (!found) return { status: 404, body: { error: 'no such address' } };
  const { geo, ...address } = found;
  return { status: 200, body: { address, geo } };
}
