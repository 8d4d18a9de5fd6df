// In: a model, and whether the panel is open. Out: the panel: a bar that says in a few words how things stand, and behind it
// a table with a line for each integration, each of which opens its details. Escape closes what is open, the inner first.

import type { KeyboardEvent, ReactElement } from 'react';
import { Fragment, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { IntegrationState } from '../../observer.js';
import { Details } from './details.js';
import { Chevron, History, StateMark } from './marks.js';
import type { Line, PanelEngine, PanelModel } from './model.js';
import { MOST_MARKS } from './model.js';
import { STATE_WORDS, duration, whyWords } from './words.js';

interface PanelProps {
  readonly model: PanelModel;
  readonly engine: PanelEngine;
  readonly by: string;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

export function Panel({ by, engine, model, open, setOpen }: PanelProps): ReactElement {
  const { lines, news } = useSyncExternalStore(model.subscribe, model.view, model.view);
  const [chosen, setChosen] = useState<string | null>(null);
  const bar = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const timer = setInterval(() => model.refresh(), 2000); // windows move on
    return () => clearInterval(timer);
  }, [open, model]);
  const close = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    if (chosen === null) {
      setOpen(false);
      bar.current?.focus();
      return;
    }
    event.currentTarget.querySelector<HTMLElement>('.name[aria-expanded="true"]')?.focus();
    setChosen(null);
  };
  return (
    <section aria-label="Integration monitor" className={open ? 'opened' : 'closed'} onKeyDown={close}>
      <h2 className="bar">
        <button ref={bar} type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <span className="title">Integrations</span>
          <Summary lines={lines} />
          <Chevron />
        </button>
      </h2>
      <div id={id} className="body" hidden={!open} role="group" aria-label="Integrations, one a line" tabIndex={0}>
        {open && <Lines lines={lines} engine={engine} by={by} chosen={chosen} choose={setChosen} />}
      </div>
      <p role="status" className="unseen">
        {news}
      </p>
    </section>
  );
}

const WORTH_SAYING: readonly IntegrationState[] = ['static', 'fallback', 'ready', 'starting'];

function Summary({ lines }: { readonly lines: readonly Line[] }): ReactElement {
  const counts = WORTH_SAYING.map((state) => ({ state, count: lines.filter((line) => line.state === state).length }));
  const alerts = lines.reduce((sum, line) => sum + line.alerts.length, 0);
  const said = counts.filter(({ count }) => count > 0);
  return (
    <>
      {alerts > 0 && <span className="alert">{alerts === 1 ? '1 alert' : `${String(alerts)} alerts`}</span>}
      {said.length === 0 && <span className="soft">{STATE_WORDS.idle}</span>}
      {said.map(({ count, state }) => (
        <span key={state} className="count">
          {count} <StateMark state={state} />
        </span>
      ))}
    </>
  );
}

interface LinesProps {
  readonly lines: readonly Line[];
  readonly engine: PanelEngine;
  readonly by: string;
  readonly chosen: string | null;
  readonly choose: (name: string | null) => void;
}

function Lines({ by, choose, chosen, engine, lines }: LinesProps): ReactElement {
  const id = useId();
  if (lines.length === 0) return <p className="none">The configuration names no integration.</p>;
  return (
    <table className="main">
      <caption>Integrations of this page and how they do</caption>
      <thead>
        <tr>
          <th scope="col">Integration</th>
          <th scope="col">State</th>
          <th scope="col" className="number">Calls</th>
          <th scope="col" className="number">Fallbacks</th>
          <th scope="col" className="number wide">Errors</th>
          <th scope="col" className="number wide">p95</th>
          <th scope="col" className="wide">Breaker</th>
          <th scope="col" className="wide">Last calls</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const isOpen = line.name === chosen;
          return (
            <Fragment key={line.name}>
              <LineRow line={line} isOpen={isOpen} details={`${id}-details`} toggle={() => choose(isOpen ? null : line.name)} />
              {isOpen && (
                <tr className="more" id={`${id}-details`}>
                  <td colSpan={8}>
                    <Details line={line} engine={engine} by={by} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

interface LineRowProps {
  readonly line: Line;
  readonly isOpen: boolean;
  /** Id of the row that is opened. */
  readonly details: string;
  readonly toggle: () => void;
}

function LineRow({ details, isOpen, line, toggle }: LineRowProps): ReactElement {
  const { breaker, calls, errors, fallbacks, history, name, p95, state } = line;
  return (
    <tr className={isOpen ? 'open' : undefined}>
      <th scope="row">
        <button type="button" className="name" aria-expanded={isOpen} aria-controls={isOpen ? details : undefined} onClick={toggle}>
          <Chevron />
          {name}
        </button>
        {state !== 'idle' && <span className="why soft">{whyWords(line, line.answered)}</span>}
      </th>
      <td>
        <StateMark state={state} />
        {line.alerts.length > 0 && <span className="alert why">alert</span>}
      </td>
      <td className="number">{calls}</td>
      <td className="number">{fallbacks}</td>
      <td className="number wide">{errors}</td>
      <td className="number wide">{duration(p95)}</td>
      <td className="wide">{breaker}</td>
      <td className="wide">
        <History marks={history} most={MOST_MARKS} />
      </td>
    </tr>
  );
}
