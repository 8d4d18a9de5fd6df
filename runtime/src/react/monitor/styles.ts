// In: nothing. Out: the panel's style sheet. Colours have 4.5:1 against what they stand on, in light and dark.

export const STYLES = `
:host {
  all: initial;
  position: fixed;
  inset: auto 0 0 auto;
  z-index: 2147483000;
  max-width: 100vw;
  --ink: #1b2430;
  --soft: #55606e;
  --paper: #ffffff;
  --raised: #f3f5f8;
  --line: #d5dae1;
  --accent: #1f5fbf;
  --live: #1d6b3c;
  --fallback: #8a5300;
  --static: #a12622;
  --idle: #55606e;
  --shadow: 0 8px 30px rgb(15 25 40 / .22), 0 1px 3px rgb(15 25 40 / .2);
  color: var(--ink);
  color-scheme: light;
  font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :host {
    --ink: #e8ecf2;
    --soft: #a9b4c2;
    --paper: #161b22;
    --raised: #212833;
    --line: #3a4453;
    --accent: #8ab8ff;
    --live: #6fd08f;
    --fallback: #f0b95c;
    --static: #ff9a90;
    --idle: #a9b4c2;
    --shadow: 0 8px 30px rgb(0 0 0 / .6), 0 0 0 1px #3a4453;
    color-scheme: dark;
  }
}
*, ::before, ::after { box-sizing: border-box; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
section {
  width: min(47rem, 100vw - 1.5rem);
  margin: .75rem;
  max-height: calc(100vh - 1.5rem);
  display: flex;
  flex-direction: column;
  background: var(--paper);
  border-radius: .75rem;
  box-shadow: var(--shadow);
  overflow: hidden;
}
section.opened { container-type: inline-size; }
section.closed { width: auto; border-radius: 2rem; }
h2, h3, p, ul, table { margin: 0; padding: 0; font: inherit; }
h3 { font-weight: 600; margin-top: .25rem; }
button, select { font: inherit; color: inherit; }
.bar { flex: none; }
.bar button {
  display: flex;
  flex-wrap: wrap;
  gap: .15rem .9rem;
  align-items: center;
  width: 100%;
  padding: .55rem .9rem;
  border: 0;
  background: none;
  text-align: left;
  cursor: pointer;
  border-radius: inherit;
}
.bar button:focus-visible { outline-offset: -3px; border-radius: .75rem; }
.closed .bar button:focus-visible { border-radius: 2rem; }
.bar button:hover { background: var(--raised); }
.title { font-weight: 650; margin-right: auto; }
.chevron { transition: none; fill: none; stroke: currentColor; stroke-width: 2; }
.opened .bar .chevron { transform: rotate(180deg); }
.body { overflow: auto; border-top: 1px solid var(--line); overscroll-behavior: contain; }
.body:focus-visible { outline-offset: -2px; }
table { width: 100%; border-collapse: collapse; }
.main { min-width: 100%; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
.main > caption, .unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem; font-weight: 400; border-bottom: 1px solid var(--line); }
.main > tbody > tr > :first-child, .main > thead > tr > :first-child { padding-left: .9rem; }
.main > tbody > tr > :last-child, .main > thead > tr > :last-child { padding-right: .9rem; }
tbody:last-child > tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-size: 12px; white-space: nowrap; }
.main > thead th { position: sticky; top: 0; background: var(--paper); z-index: 1; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.name {
  border: 0;
  background: none;
  padding: 0;
  font-weight: 600;
  text-align: left;
  cursor: pointer;
  overflow-wrap: anywhere;
  border-radius: 2px;
}
.name:hover { text-decoration: underline; text-underline-offset: .15em; }
.name .chevron { width: .8em; height: .8em; margin-right: .3em; transform: rotate(90deg); color: var(--soft); }
.name[aria-expanded="true"] .chevron { transform: rotate(180deg); }
.why { display: block; padding-left: 1.1em; }
.soft, .hint { color: var(--soft); }
.state { display: inline-flex; gap: .35em; align-items: center; white-space: nowrap; font-weight: 600; }
.state svg { fill: currentColor; flex: none; }
.history path { fill: none; stroke: currentColor; stroke-width: 3.4; }
.history .failed { stroke-width: 1.7; }
.ready, .ok { color: var(--live); }
.fallback { color: var(--fallback); }
.static, .failed { color: var(--static); }
.idle, .starting { color: var(--idle); }
.count { display: inline-flex; gap: .35em; align-items: center; font-weight: 600; }
.history { display: block; max-width: 9rem; }
.history .base { stroke: var(--line); stroke-width: 1; }
.details { display: grid; gap: .6rem; padding: .25rem .4rem .6rem; }
tr.open > *, tr.more > * { background: var(--raised); }
tr.open > * { border-bottom-color: transparent; }
.switches { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; }
.field { display: grid; gap: .15rem; }
label { color: var(--soft); font-size: 12px; }
select { color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: .35rem; padding: .3rem .4rem; min-height: 2rem; max-width: 100%; }
select:disabled, .switch:disabled { opacity: 1; color: var(--soft); border-style: dashed; cursor: not-allowed; }
.switch {
  display: inline-flex;
  gap: .5rem;
  align-items: center;
  min-height: 2rem;
  padding: .3rem .7rem .3rem .45rem;
  border: 1px solid var(--soft);
  border-radius: 2rem;
  background: var(--paper);
  cursor: pointer;
}
.knob { width: 2rem; height: 1.1rem; border-radius: 1rem; border: 2px solid currentColor; position: relative; }
.knob::after { content: ""; position: absolute; inset: 1.5px auto 1.5px 1.5px; aspect-ratio: 1; border-radius: 50%; background: currentColor; }
[aria-checked="true"] > .knob { color: var(--live); }
[aria-checked="true"] > .knob::after { inset-inline: auto 1.5px; }
.alert { color: var(--static); font-weight: 600; }
.scroll { overflow-x: auto; }
ul { list-style: none; display: grid; gap: .2rem; }
li { overflow-wrap: anywhere; }
code { font: 12px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--paper); border: 1px solid var(--line); border-radius: .25rem; padding: 0 .25rem; }
.none { padding: .9rem; color: var(--soft); }
@container (max-width: 40rem) { .wide { display: none; } }
@media (prefers-reduced-motion: no-preference) {
  .chevron { transition: transform .15s; }
  .bar button { transition: background-color .15s; }
}
@media (forced-colors: active) { section { border: 1px solid; } }
@media print { :host { display: none; } }
`;
