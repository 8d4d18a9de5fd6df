// In: a use on a page: the integration's definition, the use's values, and the concept's element as the child.
// Out: that very element, which shows the state in `data-state` and which the provider is attached to. On the
// server and while hydrating it is the concept's markup and nothing else.

import type { ComponentType, JSXElementConstructor, ReactElement, ReactNode, Ref } from 'react';
import { cloneElement, isValidElement, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, version } from 'react';
import type { UseSettings } from '../adapter.js';
import type { OperationShape } from '../engine/call.js';
import type { Instance, Standing } from '../engine/instance.js';
import type { IntegrationState } from '../observer.js';
import { IDLE } from '../engine/instance.js';
import type { Behaviors, BehaviorStatus } from './behavior.js';
import { Boundary } from './boundary.js';
import type { Host } from './context.js';
import { HostContext, RuntimeContext, ScopeContext, useEngine } from './context.js';
import { callOn } from './operation.js';
import { schedule } from './schedule.js';
import type { Latest } from './use-context.js';
import { createUseContext } from './use-context.js';

/** What emitted code says of an integration. */
export interface IntegrationDefinition {
  readonly name: string;
  readonly operations: Readonly<Record<string, OperationShape>>;
  readonly slots: readonly string[];
}

/** What every emitted component takes: the concept's element. */
export interface IntegrationProps {
  readonly children: ReactElement;
}

/** What every look is given: where the integration stands, and the concept's element. */
export interface IntegrationViewProps {
  readonly state: IntegrationState;
  /** How the last thing stands that the manifest makes happen in the markup. */
  readonly status: BehaviorStatus;
  readonly children: ReactNode;
}

interface Props extends IntegrationProps {
  readonly definition: IntegrationDefinition;
  readonly values: Readonly<Record<string, unknown>>;
  readonly use?: UseSettings | undefined;
  readonly view: JSXElementConstructor<never>;
  readonly handlers?: Latest['handlers'] | undefined;
  readonly behaviors?: Behaviors | undefined;
}

const NO_HANDLERS: Latest['handlers'] = {};
const NO_USE: UseSettings = {};
const QUIET: BehaviorStatus = { pending: false, error: undefined };
const OWN_REF = !version.startsWith('18.');

export function Integration({ definition, values, use = NO_USE, view, handlers = NO_HANDLERS, behaviors, children }: Props): ReactNode {
  const { name, slots } = definition;
  const runtime = useContext(RuntimeContext);
  const instance = runtime?.engine.instance(name, use) ?? null;
  const { state, slot } = useStanding(instance);
  const [element, setElement] = useState<Element | null>(null);
  const latest = useRef<Latest>({ values, handlers });
  useEffect(() => void Object.assign(latest.current, { values, handlers }));
  const settings = useMemo(() => use, [JSON.stringify(use)]); // the same object as long as it says the same
  const context = useMemo(() => (element ? createUseContext(name, element, settings, latest.current) : null), [name, element, settings]);
  useEffect(() => {
    if (!runtime || !instance || !element) return undefined;
    return schedule(runtime.startWhen, element, () => void instance.start());
  }, [runtime, instance, element]);
  useEffect(() => (slot && context ? instance?.attach(context) : undefined), [instance, slot, context]);
  const parent = useContext(ScopeContext);
  const [status, setStatus] = useState(QUIET);
  const { source } = use;
  const report = (phase: 'call' | 'view', error: unknown): void =>
    runtime?.engine.report({ integration: name, label: instance?.label() ?? '', phase, source, error });
  const isOn = state !== 'idle' || use.flag === undefined;
  useEffect(() => {
    if (!instance || !context || !behaviors || !isOn) return undefined;
    return behaviors(
      {
        use: context,
        call: (operation, input, signal) => callOn(instance, definition, operation, input, { signal, source }),
        isStatic: () => instance.state() === 'static',
        show: setStatus,
        report: (error) => report('call', error),
      },
      slots,
    );
  }, [instance, context, behaviors, definition, isOn]);
  const scope = useMemo(() => (instance ? { instance, context, parent } : parent), [instance, context, parent]);
  const [markup, host] = useMarkup(children, state, status, setElement);
  const View = view as unknown as ComponentType<IntegrationViewProps>;
  return (
    <ScopeContext.Provider value={scope}>
      <HostContext.Provider value={host}>
        <Boundary markup={markup} onError={(error) => report('view', error)}>
          <View {...values} state={state} status={status}>{markup}</View>
        </Boundary>
      </HostContext.Provider>
    </ScopeContext.Provider>
  );
}

const nothingToHear = (): (() => void) => () => undefined;
const idle = (): Standing => IDLE;

/** The server's snapshot is `idle`, and hydration begins with it: no mismatch is possible. */
function useStanding(instance: Instance | null): Standing {
  return useSyncExternalStore(instance?.subscribe ?? nothingToHear, instance?.standing ?? idle, idle);
}

/** Where the integration stands for those uses that say nothing of their own. */
export function useIntegrationState(name: string): IntegrationState {
  return useStanding(useEngine()?.instance(name) ?? null).state;
}

/**
 * The element with our ref and state, and what an inner use of the same element has to add to it: of several
 * uses on one element the innermost holds the element, and `data-state` lists their states, outermost first.
 * `data-call` says how the last thing stands that the manifest makes happen, once something has.
 */
function useMarkup(
  child: ReactElement,
  state: IntegrationState,
  status: BehaviorStatus,
  setElement: (element: Element | null) => void,
): readonly [ReactElement, Host | null] {
  const outer = useContext(HostContext);
  const isHost = isValidElement(child) && typeof child.type === 'string';
  const ownRef = isHost ? refOf(child) : null;
  const outerRefs = outer?.refs;
  const refs = useMemo(() => [...(outerRefs ?? []), setElement], [outerRefs, setElement]);
  const ref = useMemo(() => joinRefs(ownRef, refs), [ownRef, refs]);
  const states = [...(outer?.states ?? []), state];
  const calls = [...(outer?.calls ?? []), ...(status === QUIET ? [] : [callOf(status)])];
  if (!isHost) return [child, { refs, states, calls }];
  const begun = states.some((one) => one !== 'idle');
  const props = { ref, ...(begun && { 'data-state': states.join(' ') }), ...(calls.length > 0 && { 'data-call': calls.join(' ') }) };
  return [cloneElement(child, props), null];
}

function callOf({ pending, error }: BehaviorStatus): string {
  return pending ? 'pending' : error ? 'failed' : 'done';
}

function refOf(child: ReactElement): Ref<Element> | null {
  const holder = (OWN_REF ? child.props : child) as { readonly ref?: Ref<Element> };
  return holder.ref ?? null;
}

function joinRefs(own: Ref<Element> | null, refs: readonly ((element: Element | null) => void)[]) {
  return (element: Element | null): void => {
    if (typeof own === 'function') own(element);
    else if (own) own.current = element;
    for (const ref of refs) ref(element);
  };
}
