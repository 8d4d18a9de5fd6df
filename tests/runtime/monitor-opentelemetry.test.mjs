// In: records, told to a meter of OpenTelemetry's SDK and to its API's tracer. Out: whether its reader sees what was counted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { openTelemetry } from '../../build/runtime/metrics/opentelemetry.js';

const subject = { integration: 'a', operation: 'check', source: 'concept/a.html:1:2' };

test('metrics have the names and values of the monitor', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const observer = openTelemetry({ meter: provider.getMeter('test') });
  observer.onAsk({ ...subject, release: 'v3', result: 'ok', failure: undefined, attempts: 1, ms: 40 });
  observer.onAsk({ ...subject, release: 'v3', result: 'timeout', failure: 'timeout', attempts: 2, ms: 45_000 });
  observer.onCall({ ...subject, chosen: 'v3', answered: 'v3', fallback: false, error: undefined, ms: 40 });
  observer.onCall({ ...subject, chosen: 'v3', answered: 'static', fallback: true, error: 'timeout', ms: 45_000 });
  observer.onState({ integration: 'a', state: 'ready', release: 'v3', reason: 'active' });
  observer.onState({ integration: 'b', state: 'ready', release: 'v3', reason: 'active' });
  observer.onState({ integration: 'b', state: 'static', release: '', reason: 'off' });
  for (const state of ['open', 'half-open', 'closed']) observer.onBreaker({ integration: 'a', release: 'v3', state });
  await reader.forceFlush();
  const metrics = Object.fromEntries(exporter.getMetrics()[0].scopeMetrics[0].metrics.map((one) => [one.descriptor.name, one]));
  const points = (name) => metrics[name].dataPoints.map(({ attributes, value }) => [attributes, value]);
  const side = 'browser';
  assert.deepEqual(points('fxc.asks'), [
    [{ integration: 'a', release: 'v3', result: 'ok', side }, 1],
    [{ integration: 'a', release: 'v3', result: 'timeout', 'error.type': 'timeout', side }, 1],
  ]);
  assert.deepEqual(points('fxc.calls'), [[{ integration: 'a', answered: 'v3', side }, 1], [{ integration: 'a', answered: 'static', side }, 1]]);
  assert.deepEqual(points('fxc.fallbacks'), [[{ integration: 'a', side }, 1]]);
  assert.deepEqual(points('fxc.source.errors'), [[{ integration: 'a', source: 'concept/a.html:1:2', side }, 1]]);
  assert.deepEqual(points('fxc.breaker.trips'), [[{ integration: 'a', release: 'v3', side }, 1]]);
  assert.deepEqual(points('fxc.active_integrations'), [[{}, 1]]);
  const [{ value }] = metrics['fxc.ask.duration'].dataPoints;
  assert.equal(metrics['fxc.ask.duration'].descriptor.unit, 's');
  assert.deepEqual([value.count, value.sum, value.buckets.boundaries.at(-1), value.buckets.counts.at(-1), value.buckets.counts[3]], [2, 45.04, 30, 1, 1]);
  await provider.shutdown();
});

test('calls are spans, where there is a tracer', () => {
  const spans = [];
  const tracer = {
    startSpan(name, options) {
      const span = { name, ...options, status: undefined, ended: undefined };
      spans.push(span);
      return { setStatus: (status) => (span.status = status), end: (time) => (span.ended = time) };
    },
  };
  const exporter = new MeterProvider();
  const observer = openTelemetry({ meter: exporter.getMeter('test'), tracer, side: 'server' });
  observer.onCall({ ...subject, chosen: 'v3', answered: 'v3', fallback: false, error: undefined, ms: 40 });
  observer.onCall({ ...subject, source: undefined, chosen: 'v3', answered: 'static', fallback: true, error: 'open', ms: 2 });
  assert.deepEqual(spans.map(({ ended, kind, name, startTime, status }) => [name, kind, ended - startTime, status]), [['a.check', 2, 40, undefined], ['a.check', 2, 2, { code: 2 }]]);
  assert.deepEqual(spans[0].attributes, { 'fxc.integration': 'a', 'fxc.operation': 'check', 'fxc.chosen': 'v3', 'fxc.answered': 'v3', 'fxc.fallback': false, 'fxc.source': 'concept/a.html:1:2' });
  assert.deepEqual([spans[1].attributes['error.type'], spans[1].attributes['fxc.source']], ['open', undefined]);
});
