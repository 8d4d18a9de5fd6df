// Tables in the terminal, and what the budgets say: must and goal of each row beside what was measured.

export function table(title, header, rows) {
  const lines = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  console.log(`\n${title}`);
  for (const line of lines) {
    console.log('  ' + line.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('   ').trimEnd());
  }
}

/** Three digits, or all of a whole number. */
export const short = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(2));

/** Measured rows beside the first one. `bytes`: what they went through. */
export function compare(title, rows, bytes) {
  table(title, ['tool', 'version', 'median ms', 'quartiles', 'processor ms', ...(bytes ? ['MB/s'] : []), 'time against the first'],
    rows.map((row) => [row.tool, row.version, short(row.median), `${short(row.low)} to ${short(row.high)}`, short(row.cpu),
      ...(bytes ? [(bytes / 1e3 / row.median).toFixed(0)] : []), `${short(row.median / rows[0].median)} x`]));
}

/** What was held against a bound, in order. */
export const verdicts = [];
/** Rows that could not be measured, with the reason. */
export const missing = [];

/**
 * Holds a figure against its bounds. `more`: larger is better. `unit`: '×' or a unit of its own. A figure is a number, or one
 * with quartiles { value, low, high }.
 */
export function judge(row, what, figure, { must, goal, more = false, unit = '×' }) {
  const { value, low = value, high = value, cpu } = typeof figure === 'number' ? { value: figure } : figure;
  const reaches = (bound) => bound !== undefined && (more ? value >= bound : value <= bound);
  const verdict = must === undefined ? 'no bound' : reaches(goal) ? 'goal' : reaches(must) ? 'must' : 'MISSED';
  verdicts.push({ row, what, value, cpu, low: Math.min(low, high), high: Math.max(low, high), must, goal, more, unit, verdict });
}

/** The same for "so many times as fast": `figure` is our time against the other's. */
export function judgeSpeed(row, what, figure, bounds) {
  judge(row, what, { value: 1 / figure.value, low: 1 / figure.high, high: 1 / figure.low, cpu: figure.cpu && 1 / figure.cpu }, { ...bounds, more: true });
}

export function leaveOut(row, why) {
  missing.push({ row, why });
  console.log(`\n${row}: ${why}`);
}

const inUnit = (value, unit) => (value === undefined ? '' : unit === '×' ? `${short(value)} ×` : unit === 'exponent' ? short(value) : `${short(value)} ${unit}`);

const bound = (one, value) => (value === undefined ? '' : `${one.more ? '≥' : '≤'} ${inUnit(value, one.unit)}`);

/** All verdicts as a table of Markdown, for a README. */
export function markdown() {
  const reached = { goal: 'goal', must: 'must', MISSED: '**missed**' };
  const rows = verdicts.map((one) => `| ${one.row} | ${one.what} | ${inUnit(one.value, one.unit)} | ${bound(one, one.must)} | ${bound(one, one.goal)} | ${reached[one.verdict] ?? ''} |`);
  return `| row | what | measured | must | goal | reached |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

export function printVerdicts() {
  const order = (one) => one.row.replace(/^[a-z]/, 'z$&'); // D1 before D2, words at the end
  verdicts.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  table('Budgets', ['row', 'what', 'measured', 'quartiles', 'by processor time', 'must', 'goal', 'reached'],
    verdicts.map((one) => [one.row, one.what, inUnit(one.value, one.unit), `${short(one.low)} to ${short(one.high)}`, one.cpu ? short(one.cpu) : '', bound(one, one.must), bound(one, one.goal), one.verdict]));
  for (const { row, why } of missing) console.log(`  not measured: ${row}: ${why}`);
}
