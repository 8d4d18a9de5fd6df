// geocoding of the standard library, by Google and by the US Census Bureau.
import type { ProviderAdapter } from '@fxc/runtime';
import { getJson } from './http';

interface GoogleAnswer {
  readonly results: readonly {
    readonly formatted_address: string;
    readonly geometry: { readonly location: { readonly lat: number; readonly lng: number } };
  }[];
}

interface CensusAnswer {
  readonly result: {
    readonly addressMatches: readonly {
      readonly matchedAddress: string;
      readonly coordinates: { readonly x: number; readonly y: number };
    }[];
  };
}

async function geocodeWithGoogle(input: unknown): Promise<unknown> {
  const { address } = input as { readonly address: string };
  const hit = (await getJson<GoogleAnswer>('/maps/api/geocode/json', { address })).results[0];
  if (!hit) throw new Error('There is no such place.');
  return { formatted: hit.formatted_address, ...hit.geometry.location };
}

async function geocodeWithCensus(input: unknown): Promise<unknown> {
  const { address } = input as { readonly address: string };
  const query = { address, benchmark: 'Public_AR_Current', format: 'json' };
  const hit = (await getJson<CensusAnswer>('/geocoder/locations/onelineaddress', query)).result.addressMatches[0];
  if (!hit) throw new Error('There is no such place.');
  return { formatted: hit.matchedAddress, lat: hit.coordinates.y, lng: hit.coordinates.x };
}

export const google: ProviderAdapter = { start: () => ({ operations: { geocode: geocodeWithGoogle } }) };
export const census: ProviderAdapter = { start: () => ({ operations: { geocode: geocodeWithCensus } }) };
