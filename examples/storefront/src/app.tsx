// What stands around a page: the providers, the behaviour that goes with the page, and once it runs, the demonstration.
import { lazy, StrictMode, Suspense, useEffect, useState, type ComponentProps, type ReactElement } from 'react';
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
  /** Who is there, and who counts: nobody where pages are written. */
  readonly visitor?: Pick<ComponentProps<typeof IntegrationProvider>, 'context' | 'observers'>;
}

export function App({ name, page, visitor }: AppProps): ReactElement {
  const Behaviour = behaviours[name];
  return (
    <StrictMode>
      <IntegrationProvider permitOverride={anybody} {...visitor}>
        <page.Document />
        {Behaviour && <Behaviour />}
        <AfterHydration><Demo /></AfterHydration>
      </IntegrationProvider>
    </StrictMode>
  );
}
