// The bench itself: what it says of figures, so that a regression cannot hide in the arithmetic. No time is held against
// anything here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collected, hold } from './count.mjs';
import { compileC, measure, median, quantile, ratio } from './measure.mjs';
import { plot } from './plot.mjs';
import { judge, judgeSpeed, markdown, verdicts } from './report.mjs';
import { slope } from './rows_growth.mjs';

test('medians and quartiles', () => {
  assert.equal(median([5, 1, 3]), 3);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(quantile([10, 20, 30, 40, 50], 0.25), 20);
  assert.equal(quantile([7], 0.75), 7);
});

test('an exponent is the slope of the logarithms', () => {
  const sizes = [100, 1000, 10000];
  assert.ok(Math.abs(slope(sizes.map((size) => [size, 3 * size])) - 1) < 1e-9);
  assert.ok(Math.abs(slope(sizes.map((size) => [size, size * size])) - 2) < 1e-9);
  assert.ok(slope(sizes.map((size) => [size, 50 + size / 1000])) < 0.2);
});

test('a ratio is that of the medians, with the quartiles of the runs in turn', () => {
  const row = (...ms) => ({ runs: ms.map((value) => ({ ms: value })), median: median(ms), cpu: 8 });
  const figure = ratio(row(10, 20, 60), row(10, 10, 10));
  assert.deepEqual(figure, { value: 2, cpu: 1, low: 1.5, high: 4 });
});

test('verdicts: the goal, the must, or neither, in either direction', () => {
  verdicts.length = 0;
  judge('T', 'small is good', 1.1, { must: 2, goal: 1.2 });
  judge('T', 'small is good', 2, { must: 2, goal: 1.2 });
  judge('T', 'small is good', 2.01, { must: 2, goal: 1.2 });
  judge('T', 'large is good', 599, { must: 600, goal: 1000, more: true, unit: 'MB/s' });
  judgeSpeed('T', 'twice as fast', { value: 0.5, low: 0.4, high: 0.8, cpu: 0.25 }, { must: 2, goal: 3 });
  judge('T', 'no bound', 7, {});
  assert.deepEqual(verdicts.map((one) => one.verdict), ['goal', 'must', 'MISSED', 'MISSED', 'must', 'no bound']);
  const { value, low, high, cpu } = verdicts[4];
  assert.deepEqual({ value, low, high, cpu }, { value: 2, low: 1.25, high: 2.5, cpu: 4 });
});

test('the table for a README has a line for each verdict', () => {
  const lines = markdown().trim().split('\n');
  assert.equal(lines.length, 2 + verdicts.length);
  assert.equal(lines[2], '| T | small is good | 1.10 × | ≤ 2.00 × | ≤ 1.20 × | goal |');
  assert.equal(lines[5], '| T | large is good | 599 MB/s | ≥ 600 MB/s | ≥ 1000 MB/s | **missed** |');
  assert.equal(lines[7], '| T | no bound | 7.00 × |  |  |  |');
});

test('the picture has a mark for each row with a bound, and quotes what it is told', () => {
  const picture = plot(verdicts, 'a < b & "c"');
  assert.match(picture, /a &#60; b &#38; &#34;c&#34;/);
  const marks = (name) => picture.match(new RegExp(`<(circle|path) class="s-${name}"`, 'g')).length;
  assert.deepEqual(['goal', 'must', 'MISSED'].map(marks), [1, 2, 2]);
  assert.match(plot([], ''), /no row with a bound/);
});

test('instructions: three percent more is too much, a new step has nothing beside it', () => {
  assert.equal(collected('==1== Events    : Ir\n==1== Collected : 1234567\n'), 1234567);
  assert.throws(() => collected('valgrind: no'), /says nothing of instructions/);
  const { rows, grown } = hold({ build: 1029, check: 1031, new: 5 }, { build: 1000, check: 1000 });
  assert.deepEqual(grown.map((row) => row.name), ['check']);
  assert.equal(rows[2].change, undefined);
  assert.equal(hold({ build: 1 }, undefined).grown.length, 0);
});

test('commands are run in turns, after one turn that does not count; one that fails is named', () => {
  compileC('timer');
  const order = [];
  const one = (tool, more = {}) => ({ tool, command: ['echo', tool], before: (turn) => order.push(`${tool}${turn}`), ...more });
  const rows = measure('test', [one('a'), one('b', { times: 1 })], { runs: 2 });
  assert.deepEqual(order, ['a-1', 'b-1', 'a0', 'b0', 'a1']);
  assert.deepEqual(rows.map((row) => [row.tool, row.runs.length, row.output]), [['a', 2, 'a\n'], ['b', 1, 'b\n']]);
  assert.ok(rows[0].runs.every((run) => run.ms > 0 && run.kilobytes > 0 && run.status === 0));
  assert.equal(measure('test', [{ tool: 'many', command: ['true'], repeat: 4 }], { runs: 1 })[0].runs.length, 4);
  assert.throws(() => measure('test', [{ tool: 'bad', command: ['/bin/sh', '-c', 'exit 7'] }], { runs: 1 }), /exit 7 ended with 7/);
  assert.throws(() => measure('test', [{ tool: 'gone', command: ['no-such-command'] }], { runs: 1 }), /no-such-command/);
});
