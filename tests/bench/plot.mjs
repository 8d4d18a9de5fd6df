// All ratios in one picture: each row against its must (the line in the middle) on a logarithmic scale, with a mark for its
// goal; to the left of the line is within the budget. Written by hand, readable on light and on dark ground.
import { short } from './report.mjs';

const width = 1160, left = 470, right = 230, top = 92, step = 24;
const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** How much of what the must allows is used up: 1 is all of it. */
const used = (one, value) => (one.more ? one.must / value : value / one.must);

const style = `
  :root { color-scheme: light dark; --ground: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --good: #1a7f37; --fair: #9a6700; --bad: #d1242f; }
  @media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --line: #3d444d; --good: #3fb950; --fair: #d29922; --bad: #f85149; } }
  text { font: 13px system-ui, sans-serif; fill: var(--ink) }
  .soft { fill: var(--soft); font-size: 12px } .title { font-size: 17px; font-weight: 600 } .end { text-anchor: end } .mid { text-anchor: middle }
  .grid { stroke: var(--line) } .must { stroke: var(--ink); stroke-width: 1.5 } .goal { stroke: var(--soft); stroke-width: 2.5 }
  .spread { stroke-width: 2; opacity: .55 }
  .s-goal { fill: var(--good); stroke: var(--good) } .s-must { fill: var(--fair); stroke: var(--fair) } .s-MISSED { fill: var(--bad); stroke: var(--bad) }
`;

/** A dot, a triangle or a cross: the colour is not the only thing that says how it stands. */
function mark(verdict, x, y) {
  if (verdict === 'goal') return `<circle class="s-goal" cx="${x}" cy="${y}" r="5"/>`;
  if (verdict === 'must') return `<path class="s-must" d="M${x - 5} ${y + 4}h10l-5 -9z"/>`;
  return `<path class="s-MISSED" style="fill:none;stroke-width:3" d="M${x - 5} ${y - 5}l10 10m0 -10l-10 10"/>`;
}

export function plot(verdicts, subtitle) {
  const rows = verdicts.filter((one) => one.must !== undefined && Number.isFinite(used(one, one.value)));
  const all = rows.flatMap((one) => [used(one, one.value), used(one, one.goal)]).concat(0.5, 2);
  const low = Math.floor(Math.log2(Math.min(...all))), high = Math.ceil(Math.log2(Math.max(...all)));
  const place = (share) => +(left + ((Math.log2(Math.min(Math.max(share, 2 ** low), 2 ** high)) - low) / (high - low)) * (width - left - right)).toFixed(1);
  const bottom = top + rows.length * step, every = high - low > 8 ? 2 : 1; // labels have their room
  let body = '';
  for (let power = low; power <= high; power++) {
    const x = place(2 ** power);
    body += `<path class="${power ? 'grid' : 'must'}" d="M${x} ${top - 8}V${bottom}"/>`
      + (power % every ? '' : `<text class="soft mid" x="${x}" y="${top - 14}">${power ? (power > 0 ? 2 ** power : `1/${2 ** -power}`) : 'must'}</text>\n`);
  }
  rows.forEach((one, i) => {
    const y = top + i * step + step / 2, x = place(used(one, one.value));
    const [from, to] = [one.low, one.high].map((value) => place(used(one, value))).sort((a, b) => a - b);
    const figure = (value) => `${short(value)}${one.unit === '×' ? ' ×' : one.unit === 'exponent' ? '' : ` ${one.unit}`}`;
    body += `<text class="end" x="${left - 14}" y="${y + 4}">${escape(one.what)}</text><text class="soft" x="12" y="${y + 4}">${one.row}</text>`
      + `<path class="goal" d="M${place(used(one, one.goal))} ${y - 8}v16"/><path class="spread s-${one.verdict}" d="M${from} ${y}H${to}"/>`
      + mark(one.verdict, x, y)
      + `<text x="${width - right + 14}" y="${y + 4}">${figure(one.value)}<tspan class="soft" dx="6">${one.more ? '≥' : '≤'} ${figure(one.must)}, ${figure(one.goal)}</tspan></text>\n`;
  });
  const words = rows.length ? '' : `<text x="${left}" y="${top + 20}">no row with a bound</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 44}" width="${width}" height="${bottom + 44}" role="img">
<title>fxc against its budgets</title><style>${style}</style>
<rect width="100%" height="100%" style="fill:var(--ground)"/>
<text class="title" x="12" y="28">Measured against the budgets</text><text class="soft" x="12" y="48">${escape(subtitle)}</text>
${body}${words}<text class="soft mid" x="${place(1)}" y="${bottom + 22}">← within · share of what the must allows · beyond →</text>
<text class="soft" x="12" y="${bottom + 22}">● goal  ▲ must  ✕ missed  | goal mark</text>
</svg>
`;
}
