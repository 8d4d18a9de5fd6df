// On the server: what is chosen for one request, and the page that hands it over. Waits in between, as servers do.
import type { EvaluationContext, FlagSource, SettingsValues } from '@fxc/runtime';
import { documentHtml, resolutionScript, resolve } from '@fxc/runtime';
import { renderToString } from 'react-dom/server';
import { integrationConfig } from '../generated/integration-config';
import { IndexDocument, indexDocument } from '../generated/pages/index';
import { IntegrationProvider } from '../generated/providers';

export interface Asked {
  readonly settings: SettingsValues;
  readonly flags?: FlagSource;
  readonly context: EvaluationContext;
  readonly now: number;
  readonly wait: number;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Without a context nothing is chosen, and the browser does it. */
export async function html(asked: Asked | null): Promise<string> {
  if (!asked) return page(undefined);
  await pause(asked.wait);
  const resolution = resolve({ ...asked, config: integrationConfig });
  await pause(asked.wait);
  return page(resolution);
}

function page(resolution: ReturnType<typeof resolve> | undefined): string {
  const rendered = renderToString(<IntegrationProvider resolution={resolution}><IndexDocument /></IntegrationProvider>);
  return documentHtml(rendered, indexDocument, '/client.js', resolution && resolutionScript(resolution));
}
