// What stands around a page: the providers, the behaviour that goes with the page, and once it runs, the demonstration.
import { lazy, StrictMode, Suspense, useEffect, useState, type ReactElement } from 'react';
import type { Observer } from '@fxc/runtime';
import { IntegrationProvider } from '../generated/providers';
import { behaviours } from './behaviours';
import type { Page } from './pages';

const Demo = lazy(async () => import('./demo'));

/** Not on the server, and not while hydrating. */
function AfterHydration({ children }: { readonly children: ReactElement }): ReactElement | null {
  const [hydrated, setHydrated] = useState(false);
  useEffect(() => { setHydrated(true); }, []);
  return hydrated ? <Suspense fallback={null}>{children}</Suspense> : null;
}

/** In a shop it would be the few who may. */
const anybody = (): boolean => true;

interface AppProps {
  readonly name: string;
  readonly page: Page;
  /** Who counts: nobody where pages are written. */
  readonly observers?: readonly Observer[];
}

export function App({ name, observers = [], page }: AppProps): ReactElement {
  const Behaviour = behaviours[name];
  return (
    <StrictMode>
      <IntegrationProvider permitOverride={anybody} observers={observers}>
        <page.Document />
        {Behaviour && <Behaviour />}
        <AfterHydration><Demo /></AfterHydration>
      </IntegrationProvider>
    </StrictMode>
  );
}
