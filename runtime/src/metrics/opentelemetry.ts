// In: a meter of OpenTelemetry, and a tracer if calls are to be seen one by one. Out: an observer that feeds them. The names
// become those of `/_fx/metrics` where Prometheus reads them, so that the same alerting rules hold. Nothing is imported but types.

import type { Attributes, Meter, SpanKind, SpanStatusCode, Tracer } from '@opentelemetry/api';
import type { Observer } from '../observer.js';
import { LATENCY_BOUNDS } from './snapshot.js';

export interface OpenTelemetryOptions {
  /** `metrics.getMeter('…')`. */
  readonly meter: Meter;
  /** `trace.getTracer('…')`: every call becomes a span, a child of the one that is active when it ends. */
  readonly tracer?: Tracer | undefined;
  /** `browser` unless said. */
  readonly side?: 'browser' | 'server' | undefined;
}

const CLIENT = 2 as SpanKind.CLIENT;
const ERROR = 2 as SpanStatusCode.ERROR;

/** An observer for the engine or the server half. */
export function openTelemetry({ meter, side = 'browser', tracer }: OpenTelemetryOptions): Observer {
  const counter = (name: string, description: string): ((attributes: Attributes) => void) => {
    const one = meter.createCounter(`fxc.${name}`, { description });
    return (attributes) => one.add(1, { ...attributes, side });
  };
  const asks = counter('asks', 'Times that a release was asked, by what came of it');
  const calls = counter('calls', 'Calls by the release that answered them');
  const fallbacks = counter('fallbacks', 'Calls that another release answered than was chosen, or none');
  const trips = counter('breaker.trips', 'Times that the breaker of a release opened');
  const sources = counter('source.errors', 'Calls that failed, by the place in the concept that asked');
  const durations = meter.createHistogram('fxc.ask.duration', {
    description: 'How long releases took to answer',
    unit: 's',
    advice: { explicitBucketBoundaries: LATENCY_BOUNDS.map((ms) => ms / 1000) },
  });
  const running = new Set<string>();
  meter
    .createObservableGauge('fxc.active_integrations', { description: 'Integrations that a provider runs for' })
    .addCallback((result) => result.observe(running.size));

  return {
    onAsk({ failure, integration, ms, release, result }) {
      asks({ integration, release, result, ...(failure && { 'error.type': failure }) });
      durations.record(ms / 1000, { integration, release, side });
    },
    onCall({ answered, chosen, error, fallback, integration, ms, operation, source }) {
      calls({ integration, answered });
      if (fallback) fallbacks({ integration });
      if (error && source) sources({ integration, source });
      const end = Date.now();
      const span = tracer?.startSpan(`${integration}.${operation}`, {
        kind: CLIENT,
        startTime: end - ms,
        attributes: {
          'fxc.integration': integration,
          'fxc.operation': operation,
          'fxc.chosen': chosen,
          'fxc.answered': answered,
          'fxc.fallback': fallback,
          ...(source && { 'fxc.source': source }),
          ...(error && { 'error.type': error }),
        },
      });
      if (error) span?.setStatus({ code: ERROR });
      span?.end(end);
    },
    onState({ integration, state }) {
      if (state === 'ready' || state === 'fallback') running.add(integration);
      else running.delete(integration);
    },
    onBreaker({ integration, release, state }) {
      if (state === 'open') trips({ integration, release });
    },
  };
}
