import { useGeographicDisplayCover } from '../../generated/integrations/geographic-display';
import type { AddressValidationValidatedEvent } from '../../generated/integrations/address-validation';
import { say, useListener } from './dom';

/** Says under the map whether the address is served, as soon as the manifest's own behaviour has validated it. */
export function Territory(): null {
  const { call } = useGeographicDisplayCover();
  useListener('address-validation:validated', '[data-integration]', (event) => {
    const { street, lat, lng } = (event as CustomEvent<AddressValidationValidatedEvent>).detail.address;
    if (lat === undefined || lng === undefined) return;
    const caption = document.querySelector('[data-integration^="geographic-display"] figcaption');
    void call({ lat, lng }).then((coverage) => {
      say(caption, coverage.covered ? `We come to ${street}: ${coverage.tour ?? 'every tour'}.` : `We do not come to ${street} yet.`);
    }, () => undefined);
  });
  return null;
}
