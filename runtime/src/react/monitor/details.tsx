// In: one integration. Out: everything that is known of it, and the switches: release, kill switch, flags.

import type { ReactElement } from 'react';
import { useId } from 'react';
import type { FlagLine, Line, PanelEngine } from './model.js';
import { duration, plural } from './words.js';

interface DetailsProps {
  readonly line: Line;
  readonly engine: PanelEngine;
  /** Who is said to have thrown a switch. */
  readonly by: string;
}

export function Details({ by, engine, line }: DetailsProps): ReactElement {
  return (
    <div className="details">
      <Switches line={line} engine={engine} by={by} />
      {line.alerts.map((alert) => (
        <p key={alert} className="alert">
          Alert: {alert}
        </p>
      ))}
      <Releases line={line} />
      <Places line={line} />
      <Issues line={line} />
    </div>
  );
}

function Switches({ by, engine, line }: DetailsProps): ReactElement {
  const id = useId();
  const { name, on, override, permitted } = line;
  return (
    <div className="switches">
      <button type="button" role="switch" className="switch" aria-checked={on} disabled={!permitted} onClick={() => void engine.setFlag(name, on ? false : null, by)}>
        <span className="knob" aria-hidden="true" />
        Switched {on ? 'on' : 'off'}
      </button>
      <div className="field">
        <label htmlFor={id}>Release</label>
        <select id={id} value={override ?? ''} disabled={!permitted} onChange={({ target }) => void engine.override(name, target.value === '' ? null : target.value, by)}>
          <option value="">as chosen</option>
          {line.releases.map(({ label, provider }) => (
            <option key={label} value={label}>{`${label}, ${provider}`}</option>
          ))}
          <option value="static">static, the page’s own markup</option>
        </select>
      </div>
      {line.flags.map((flag) => (
        <FlagSwitch key={`${flag.flag} ${flag.label}`} flag={flag} permitted={permitted} set={(value) => void engine.setFlag(flag.flag, value, by)} />
      ))}
      {!permitted && <p className="hint">The application does not permit changes here.</p>}
    </div>
  );
}

function FlagSwitch({ flag, permitted, set }: { readonly flag: FlagLine; readonly permitted: boolean; readonly set: (on: boolean | null) => void }): ReactElement {
  const id = useId();
  const value = flag.on === undefined ? '' : flag.on ? 'on' : 'off';
  return (
    <div className="field">
      <label htmlFor={id}>{`Flag ${flag.flag} (${flag.label})`}</label>
      <select id={id} value={value} disabled={!permitted} onChange={({ target }) => set(target.value === '' ? null : target.value === 'on')}>
        <option value="">not decided</option>
        <option value="on">on</option>
        <option value="off">off</option>
      </select>
    </div>
  );
}

function Releases({ line }: { readonly line: Line }): ReactElement {
  return (
    <div className="scroll" role="group" aria-label={`Releases of ${line.name}`} tabIndex={0}>
      <table>
        <caption>Releases</caption>
        <thead>
          <tr>
            <th scope="col">Release</th>
            <th scope="col" className="number">Asked</th>
            <th scope="col" className="number">Errors</th>
            <th scope="col" className="number">Timeouts</th>
            <th scope="col" className="number">p95</th>
            <th scope="col">Breaker</th>
          </tr>
        </thead>
        <tbody>
          {line.releases.map(({ asked, breaker, errors, label, p95, provider, timeouts, trips, version }) => (
            <tr key={label}>
              <th scope="row">
                {label} <span className="soft">{`${provider} ${version}`}</span>
              </th>
              <td className="number">{asked}</td>
              <td className="number">{errors}</td>
              <td className="number">{timeouts}</td>
              <td className="number">{duration(p95)}</td>
              <td>{trips > 0 ? `${breaker}, ${plural(trips, 'trip')}` : breaker}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Places({ line }: { readonly line: Line }): ReactElement | null {
  const places = Object.entries(line.sources);
  if (places.length === 0) return null;
  return (
    <>
      <h3>Asked for by</h3>
      <ul>
        {places.map(([source, { calls, errors, fallbacks }]) => (
          <li key={source}>
            <code>{source}</code> {[plural(calls, 'call'), plural(fallbacks, 'fallback'), `${String(errors)} failed`].join(', ')}
          </li>
        ))}
      </ul>
    </>
  );
}

function Issues({ line }: { readonly line: Line }): ReactElement | null {
  if (line.issues.length === 0) return null;
  return (
    <>
      <h3>What the visitor did not see</h3>
      <ul>
        {line.issues.map(({ label, message, phase, source }) => (
          <li key={`${source ?? ''} ${message}`}>
            {source !== undefined && <code>{source}</code>} <span className="soft">{[label, phase].filter(Boolean).join(', ')}:</span> {message}
          </li>
        ))}
      </ul>
    </>
  );
}
