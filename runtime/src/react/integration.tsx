// In: a use on a page: the integration's definition, the use's values, and the concept's element as the child.
// Out: that very element, which shows the state in `data-state` and which the provider is attached to. On the
// server and while hydrating it is the concept's markup and nothing else.

import type { ComponentType, JSXElementConstructor, ReactElement, ReactNode, Ref } from 'react';
import { cloneElement, isValidElement, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, version } from 'react';
import type { UseSettings } from '../adapter.js';
import { IntegrationError } from '../errors.js';
import type { Instance, IntegrationState, OperationShape } from '../instance.js';
import type { Behavior, BehaviorStatus } from './behavior.js';
import { watch } from './behavior.js';
import { Boundary } from './boundary.js';
import type { Host } from './context.js';
import { HostContext, RuntimeContext, ScopeContext } from './context.js';
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
  readonly behaviors?: readonly Behavior[] | undefined;
}

const NO_HANDLERS: Latest['handlers'] = {};
const NO_USE: UseSettings = {};
const NO_BEHAVIORS: readonly Behavior[] = [];
const QUIET: BehaviorStatus = { pending: false, error: undefined };
const OWN_REF = !version.startsWith('18.');

export function Integration({ definition, values, use = NO_USE, view, handlers = NO_HANDLERS, behaviors = NO_BEHAVIORS, children }: Props): ReactNode {
  const runtime = useContext(RuntimeContext);
  const instance = runtime?.engine.instance(definition.name, use) ?? null;
  const state = useInstanceState(instance);
  const [element, setElement] = useState<Element | null>(null);
  const latest = useRef<Latest>({ values, handlers });
  useEffect(() => {
    latest.current.values = values;
    latest.current.handlers = handlers;
  });
  const settings = useStable(use);
  const context = useMemo(
    () => (element ? createUseContext(definition.name, element, settings, latest.current) : null),
    [definition.name, element, settings],
  );
  useEffect(() => {
    if (!runtime || !instance || !element) return undefined;
    return schedule(runtime.startWhen, element, () => void instance.start());
  }, [runtime, instance, element]);
  const client = instance?.client() ?? null; // read anew when the state changes
  useEffect(() => {
    if (!client?.attach || !context || !runtime) return undefined;
    try {
      return client.attach(context);
    } catch (error) {
      runtime.engine.report({ integration: definition.name, label: instance?.label() ?? '', phase: 'attach', error });
      return undefined;
    }
  }, [runtime, instance, client, context, definition.name]);
  const parent = useContext(ScopeContext);
  const [status, setStatus] = useState(QUIET);
  useEffect(() => {
    if (!runtime || !instance || !context || behaviors.length === 0) return undefined;
    return watch(
      {
        use: context,
        call: (operation, input, signal) => callBehavior(definition, instance, operation, input, signal),
        isStatic: () => instance.state() === 'static',
        show: setStatus,
        report: (error) => runtime.engine.report({ integration: definition.name, label: instance.label(), phase: 'call', error }),
      },
      behaviors,
      definition.slots,
    );
  }, [runtime, instance, context, behaviors, definition]);
  const scope = useMemo(() => (instance ? { instance, context, parent } : parent), [instance, context, parent]);
  const [markup, host] = useMarkup(children, state, status, setElement);
  const View = view as unknown as ComponentType<IntegrationViewProps>;
  const onError = (error: unknown): void =>
    runtime?.engine.report({ integration: definition.name, label: instance?.label() ?? '', phase: 'view', error });
  return (
    <ScopeContext.Provider value={scope}>
      <HostContext.Provider value={host}>
        <Boundary markup={markup} onError={onError}>
          <View {...values} state={state} status={status}>{markup}</View>
        </Boundary>
      </HostContext.Provider>
    </ScopeContext.Provider>
  );
}

async function callBehavior(
  definition: IntegrationDefinition,
  instance: Instance,
  operation: string,
  input: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const shape = definition.operations[operation];
  if (!shape) throw new IntegrationError('unavailable', definition.name, operation, 'there is no such operation');
  return instance.call(operation, shape, input, signal);
}

const nothingToHear = (): (() => void) => () => undefined;
const idle = (): IntegrationState => 'idle';

/** The server's snapshot is `idle`, and hydration begins with it: no mismatch is possible. */
function useInstanceState(instance: Instance | null): IntegrationState {
  return useSyncExternalStore(instance?.subscribe ?? nothingToHear, instance?.state ?? idle, idle);
}

/** The same object as long as it says the same. */
function useStable(use: UseSettings): UseSettings {
  const text = JSON.stringify(use);
  return useMemo(() => JSON.parse(text) as UseSettings, [text]);
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
