// On the server, or when the site is built: the page as it is sent.
import { documentHtml } from '@fxc/runtime';
import { renderToString } from 'react-dom/server';
import { IndexDocument, indexDocument } from '../generated/pages/index';
import { IntegrationProvider } from '../generated/providers';

export function html(script: string): string {
  return documentHtml(renderToString(<IntegrationProvider><IndexDocument /></IntegrationProvider>), indexDocument, script);
}
