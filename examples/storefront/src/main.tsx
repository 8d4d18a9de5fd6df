// In the browser: loads the module of this address and hydrates the document that the server sent.
import { Monitor, startBeacon, visitorKey } from '@fxc/runtime';
import { hydrateRoot } from 'react-dom/client';
import { integrationConfig } from '../generated/integration-config';
import { App } from './app';
import { pageName, pageOf } from './pages';

const modules = import.meta.glob<Record<string, unknown>>('../generated/pages/**/*.tsx');
const name = pageName(location.pathname);
const load = modules[`../generated/pages/${name}.tsx`];

if (load) {
  const page = pageOf(await load());
  // What happens here is counted, and the server half is told: alerts are judged where many visitors meet.
  const monitor = new Monitor({ config: integrationConfig });
  startBeacon(monitor);
  // Shares of visitors (the new release of notifications goes to 10 %) are sticky by a key that this browser keeps.
  const visitor = { observers: [monitor], context: { targetingKey: visitorKey() } };
  hydrateRoot(document, <App name={name} page={page} visitor={visitor} />, {
    onRecoverableError(error) {
      console.error('hydration:', error);
    },
  });
}
