// What stands around a page: the providers, and the behaviour that goes with the page.
import { StrictMode, type ReactElement } from 'react';
import { IntegrationProvider } from '../generated/providers';
import { behaviours } from './behaviours';
import type { Page } from './pages';

export function App({ name, page }: { readonly name: string; readonly page: Page }): ReactElement {
  const Behaviour = behaviours[name];
  return (
    <StrictMode>
      <IntegrationProvider>
        <page.Document />
        {Behaviour && <Behaviour />}
      </IntegrationProvider>
    </StrictMode>
  );
}
