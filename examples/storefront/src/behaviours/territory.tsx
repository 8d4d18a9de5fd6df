import { useGeographicDisplayCover } from '../../generated/integrations/geographic-display';
import { useAddressCompletion } from './address';
import { say } from './dom';

/** Says under the map whether the validated address is served. */
export function Territory(): null {
  const { call } = useGeographicDisplayCover();
  useAddressCompletion(({ street, lat, lng }) => {
    if (lat === undefined || lng === undefined) return;
    const caption = document.querySelector('[data-integration^="geographic-display"] figcaption');
    void call({ lat, lng }).then((coverage) => {
      say(caption, coverage.covered ? `We come to ${street}: ${coverage.tour ?? 'every tour'}.` : `We do not come to ${street} yet.`);
    }, () => undefined);
  });
  return null;
}
