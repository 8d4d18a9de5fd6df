// address-validation of the standard library, by its two providers: the calls are those of stdlib/address-validation.fx.
import type { ProviderAdapter } from '@fxc/runtime';
import { getJson, postJson, ready } from './http';

interface Query {
  readonly street: string;
  readonly city?: string;
  readonly region?: string;
  readonly postcode?: string;
}

interface GoogleAnswer {
  readonly result: {
    readonly verdict: { readonly addressComplete?: boolean };
    readonly address: {
      readonly formattedAddress?: string;
      readonly postalAddress: {
        readonly addressLines?: readonly string[];
        readonly locality?: string;
        readonly administrativeArea?: string;
        readonly postalCode?: string;
      };
    };
    readonly geocode?: { readonly location: { readonly latitude: number; readonly longitude: number } };
  };
}

interface SmartyCandidate {
  readonly delivery_line_1: string;
  readonly components: { readonly city_name: string; readonly state_abbreviation: string; readonly zipcode: string };
  readonly metadata: { readonly latitude: number; readonly longitude: number };
}

async function validateWithGoogle(input: unknown): Promise<unknown> {
  const { street, city, region, postcode } = input as Query;
  const address = { regionCode: 'US', administrativeArea: region, locality: city, postalCode: postcode, addressLines: [street] };
  const { result } = await postJson<GoogleAnswer>('/v1:validateAddress', { address });
  const { formattedAddress, postalAddress } = result.address;
  if (!postalAddress.addressLines?.[0]) throw new Error('There is no such address.');
  return {
    street: postalAddress.addressLines[0],
    city: postalAddress.locality,
    region: postalAddress.administrativeArea,
    postcode: postalAddress.postalCode,
    formatted: formattedAddress,
    complete: result.verdict.addressComplete ?? false,
    lat: result.geocode?.location.latitude,
    lng: result.geocode?.location.longitude,
  };
}

async function validateWithSmarty(input: unknown): Promise<unknown> {
  const { street, city, region, postcode } = input as Query;
  const [hit] = await getJson<readonly SmartyCandidate[]>('/street-address', { street, city, state: region, zipcode: postcode, match: 'strict' });
  if (!hit) throw new Error('There is no such address.');
  return {
    street: hit.delivery_line_1,
    city: hit.components.city_name,
    region: hit.components.state_abbreviation,
    postcode: hit.components.zipcode,
    lat: hit.metadata.latitude,
    lng: hit.metadata.longitude,
  };
}

function adapterOf(validate: (input: unknown) => Promise<unknown>): ProviderAdapter {
  return {
    start: async ({ provider }) => {
      await ready(provider);
      return { operations: { validate } };
    },
  };
}

export const google = adapterOf(validateWithGoogle);
export const smarty = adapterOf(validateWithSmarty);
