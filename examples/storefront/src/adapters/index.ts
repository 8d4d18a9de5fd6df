// Adapters of the standard library's providers, by provider. The storefront's own manifests name theirs (`module`).
import type { Adapters } from '@fxc/runtime';
import * as address from './address';
import * as geocoding from './geocoding';

export const adapters: Adapters = {
  'google-address-validation': address.google,
  smarty: address.smarty,
  'google-geocoding': geocoding.google,
  'us-census-geocoder': geocoding.census,
};
