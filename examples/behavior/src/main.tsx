// In the browser: hydrates the page. The event that the manifest declares reaches the application as any event does.
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import type { AddressCompletionCompletedEvent } from '../generated/integrations/address-completion';
import { IndexDocument } from '../generated/pages/index';
import { IntegrationProvider } from '../generated/providers';

document.addEventListener('address-completion:completed', (event) => {
  const { address, typed } = (event as CustomEvent<AddressCompletionCompletedEvent>).detail;
  document.title = `${typed}, ${address.city}`;
});

hydrateRoot(document, <StrictMode><IntegrationProvider><IndexDocument /></IntegrationProvider></StrictMode>);
