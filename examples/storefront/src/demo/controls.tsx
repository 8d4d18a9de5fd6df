// The panel that breaks providers: a row of choices for each that the page's integrations can ask.
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { useEngine } from '@fxc/runtime/react';
import { Calls } from './calls';
import type { Mode, Provider } from './providers';
import { modes, useProviders } from './providers';

/** Names of the providers that can be asked, by integration: those that an element of this page is enhanced by. */
function useAsked(): ReadonlyMap<string, readonly string[]> {
  const engine = useEngine();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    if (!engine) return undefined;
    const read = (): void => {
      const used = engine.list().map(({ name }) => name).filter((name) => document.querySelector(`[data-integration^="${name}"]`));
      setNames((before) => (before.join() === used.join() ? before : used));
    };
    read();
    return engine.subscribe(read);
  }, [engine]);
  return new Map(names.map((name) => [name, Object.values(engine?.config[name]?.releases ?? {}).map(({ provider }) => provider).reverse()]));
}

function Choice({ provider, change }: { readonly provider: Provider; readonly change: (name: string, mode: Mode) => void }): ReactElement {
  return (
    <fieldset className="demo-provider" data-mode={provider.mode}>
      <legend>{provider.title}</legend>
      {Object.entries(modes).map(([mode, word]) => (
        <label key={mode}>
          <input type="radio" name={`demo-${provider.name}`} checked={provider.mode === mode} onChange={() => { change(provider.name, mode as Mode); }} />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Controls(): ReactElement {
  const [providers, change] = useProviders();
  const asked = useAsked();
  const shown = [...asked].map(([name, of]) => ({ name, providers: providers.filter((one) => of.includes(one.name)) })).filter((one) => one.providers.length > 0);
  return (
    <aside className="demo" aria-labelledby="demo-title">
      <details>
        <summary id="demo-title">Break a provider</summary>
        <div className="demo-body">
          {shown.length === 0 && <p className="hint">This page asks no provider. Try the checkout.</p>}
          {shown.map(({ name, providers: some }) => (
            <section key={name} aria-label={name}>
              <h2>{name}</h2>
              {some.map((provider) => <Choice key={provider.name} provider={provider} change={change} />)}
              {name === 'address-validation' && <Calls />}
            </section>
          ))}
        </div>
      </details>
    </aside>
  );
}
