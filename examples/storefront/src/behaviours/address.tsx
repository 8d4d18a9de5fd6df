// Completes an address once its street and city are there. Where no provider answers, what was typed stays.
import { useAddressValidationValidate, type AddressValidationAddress } from '../../generated/integrations/address-validation';
import { slot, useListener, valueOf } from './dom';

const name = 'address-validation';

function fill(field: string, value: string | undefined): void {
  const input = slot(name, field);
  if (input instanceof HTMLInputElement && value) input.value = value;
}

/** Validates on every change of the address; hands the answer to whoever asks for it. */
export function useAddressCompletion(onAddress: (address: AddressValidationAddress) => void = () => undefined): void {
  const { call } = useAddressValidationValidate();
  useListener('change', `[data-integration^="${name}"] [data-slot]`, () => {
    const [street, city] = [valueOf(name, 'street'), valueOf(name, 'city')];
    if (!street || !city) return;
    void call({ street, city }).then((address) => {
      for (const field of ['street', 'city', 'region', 'postcode'] as const) fill(field, address[field]);
      onAddress(address);
    }, () => undefined);
  });
}

export function AddressCompletion(): null {
  useAddressCompletion();
  return null;
}
