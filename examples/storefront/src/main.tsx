// In the browser: loads the module of this address and hydrates the document that the server sent.
import { hydrateRoot } from 'react-dom/client';
import { App } from './app';
import { pageName, pageOf } from './pages';

const modules = import.meta.glob<Record<string, unknown>>('../generated/pages/**/*.tsx');
const name = pageName(location.pathname);
const load = modules[`../generated/pages/${name}.tsx`];

if (load) {
  const page = pageOf(await load());
  hydrateRoot(document, <App name={name} page={page} />, {
    onRecoverableError(error) {
      console.error('hydration:', error);
    },
  });
}
