import { useEffect } from 'react';
import type { AddressValidationValidatedEvent } from '../../generated/integrations/address-validation';
import { useGeographicDisplayCover } from '../../generated/integrations/geographic-display';
import { say } from './dom';

/** Says under the map whether the validated address is served. */
export function Territory(): null {
  const { call } = useGeographicDisplayCover();
  useEffect(() => {
    function show(event: Event): void {
      const { street, lat, lng } = (event as CustomEvent<AddressValidationValidatedEvent>).detail.address;
      if (lat === undefined || lng === undefined) return;
      const caption = document.querySelector('[data-integration^="geographic-display"] figcaption');
      void call({ lat, lng }).then((coverage) => {
        say(caption, coverage.covered ? `We come to ${street}: ${coverage.tour ?? 'every tour'}.` : `We do not come to ${street} yet.`);
      }, () => undefined);
    }
    document.addEventListener('address-validation:validated', show);
    return () => {
      document.removeEventListener('address-validation:validated', show);
    };
  }, [call]);
  return null;
}
