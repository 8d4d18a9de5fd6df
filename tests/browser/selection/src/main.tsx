// In the browser: begins with what the server chose, if it did, and follows the two files of settings. `?key=…` and `?account=…` are who is
// asking; what the engine tells is kept in `seen`.
import type { Observer } from '@fxc/runtime';
import { createSettings, loadSettings, readResolution, visitorKey } from '@fxc/runtime';
import { openFeature } from '@fxc/runtime/openfeature-web';
import { InMemoryProvider, OpenFeature } from '@openfeature/web-sdk';
import { StrictMode, useEffect, useMemo, useState } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { IndexDocument } from '../generated/pages/index';
import { IntegrationProvider } from '../generated/providers';

declare global {
  var seen: string[];
  var issues: string[];
  var setAccount: (account: string) => void;
  var setFlags: (flags: Readonly<Record<string, boolean>>) => Promise<void>;
  var onceLoaded: string;
}

const query = new URLSearchParams(location.search);
globalThis.seen = [];
globalThis.issues = [];
globalThis.onceLoaded = String(performance.timeOrigin);

const settings = createSettings();
if (!query.has('still')) loadSettings(settings, { config: '/runtime-config.json', overrides: '/runtime-overrides.json', every: 100, onIssue: ({ phase, error }) => issues.push(`${phase}: ${error}`) });

/** With `?openfeature`, flags come from its in-memory provider, too. */
const provider = new InMemoryProvider({});
globalThis.setFlags = (values) =>
  provider.putConfiguration(
    Object.fromEntries(Object.entries(values).map(([flag, on]) => [flag, { variants: { on: true, off: false }, defaultVariant: on ? 'on' : 'off', disabled: false }])),
  );
if (query.has('openfeature')) OpenFeature.setProvider(provider);
const flags = query.has('openfeature') ? openFeature(OpenFeature.getClient()) : undefined;

const observer: Observer = {
  onState: ({ integration, state, release, reason }) => seen.push(`${integration} ${state} ${release} ${reason}`),
};
const resolution = readResolution(document);

function App() {
  const [account, setAccount] = useState(query.get('account'));
  useEffect(() => {
    globalThis.setAccount = setAccount;
  }, []);
  const context = useMemo(() => {
    if (resolution && !query.has('key')) return undefined;
    return { targetingKey: query.get('key') ?? visitorKey(), ...(account !== null && { account }) };
  }, [account]);
  return (
    <IntegrationProvider settings={settings} flags={flags} resolution={resolution} context={context} observers={[observer]} onIssue={({ integration, label, phase }) => issues.push(`${integration} ${label} ${phase}`)}>
      <IndexDocument />
    </IntegrationProvider>
  );
}

hydrateRoot(document, <StrictMode><App /></StrictMode>, { onRecoverableError: (error) => console.error(String(error)) });
