/** How the reference looks: a list of all there is beside what it is, and on a small screen above it. */
import { pageStyles } from '../page-styles.ts'

/** Of the same colours and measures what only this page needs. */
const tokens = `:root {
  --line-strong: light-dark(#cfccc5, #3d4147);
  --accent: light-dark(#b4531a, #e5834b);
  --good: light-dark(#1d7a46, #5cc48b);
  --bad: light-dark(#b3261e, #f2887f);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  --head: 56px;
  scroll-padding-top: calc(var(--head) + 24px);
}
`

const frame = `* { box-sizing: border-box; }
body { overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: fixed; inset: 8px auto auto 8px; z-index: 3; padding: 8px 16px; border-radius: 6px; background: var(--surface); }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

header { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; gap: 12px; height: var(--head); padding: 0 16px; border-bottom: 1px solid var(--line); background: var(--surface); }
header p { margin: 0; }
header a { font-size: 0.8125rem; }
.version + a { margin-inline-start: auto; }
.brand { flex: none; font-size: 1.125rem; font-weight: 650; }
.brand span { color: var(--accent); }
.version { padding: 0 8px; border: 1px solid var(--line); border-radius: 999px; color: var(--muted); font-size: 0.75rem; line-height: 1.25rem; font-variant-numeric: tabular-nums; }

/* On a small screen it lies over the page while its address says so: it opens, closes and goes back without a script. */
nav { display: none; position: fixed; inset: var(--head) 0 0; z-index: 2; padding: 16px; overflow-y: auto; background: var(--surface); font-size: 0.8125rem; line-height: 1.125rem; scrollbar-width: thin; }
nav:target { display: block; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav > ul > li { padding-bottom: 16px; }
nav a { display: flex; gap: 8px; align-items: baseline; padding: 9px 8px; border-radius: 6px; color: var(--muted); text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { background: var(--sunken); color: var(--text); }
nav .close { color: var(--accent); }
nav .part { color: var(--text); font-weight: 650; }
nav .method { flex: none; width: 3rem; padding: 0; border: 0; font-size: 0.6875rem; text-align: start; }
main { min-width: 0; padding: 0 16px 48px; }
`

const words = `h1, h2, h3, h4 { margin: 0; font-weight: 650; text-wrap: balance; }
h1 { padding-top: 32px; font-size: 1.75rem; line-height: 2.25rem; letter-spacing: -0.01em; }
h2 { font-size: 1.375rem; line-height: 1.75rem; }
h3 { font-size: 1.125rem; line-height: 1.5rem; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
h4 { margin-top: 24px; padding-bottom: 8px; font-size: 0.8125rem; line-height: 1.125rem; }
h4 code { margin-inline-start: 4px; color: var(--muted); font-weight: 400; }
p { margin: 8px 0 0; max-width: 40rem; text-wrap: pretty; }
code { font: 0.8125rem / 1.125rem var(--mono); }
p code { padding: 1px 4px; border-radius: 4px; background: var(--sunken); overflow-wrap: anywhere; }
.introduction h2 { padding: 32px 0 8px; font-size: 1.125rem; line-height: 1.5rem; }
.group { margin-top: 48px; padding: 32px 0 8px; border-top: 1px solid var(--line-strong); }
.group p, .about p { color: var(--muted); }
.operation, .object { padding: 32px 0; border-top: 1px solid var(--line); }
.group + .operation, .group + .object { border-top: 0; padding-top: 24px; }
.operation:target h3, .object:target h3, tr:target code { color: var(--accent); }
.address { display: flex; gap: 8px; align-items: baseline; }
.address code { padding: 0; background: none; color: var(--text); }
.method { padding: 0 8px; border: 1px solid; border-radius: 999px; font: 650 0.75rem / 1.25rem var(--mono); }
.post, .put { color: var(--accent); }
.get { color: var(--good); }
.delete { color: var(--bad); }
.proof, .none, .form { color: var(--muted); font-size: 0.8125rem; }
.form { margin-top: 16px; }
`

const tables = `table { width: 100%; border-collapse: collapse; border-top: 1px solid var(--line); }
h4 + table { border-top: 1px solid var(--line); }
tr { border-bottom: 1px solid var(--line); }
th, td { padding: 10px 0; text-align: start; vertical-align: top; font-weight: 400; }
th { width: 12rem; padding-inline-end: 16px; }
th code { overflow-wrap: anywhere; font-weight: 550; }
td > p:first-child { margin-top: 0; }
td p { margin-top: 4px; }
.needed { display: block; color: var(--muted); font-size: 0.75rem; line-height: 1rem; }
.kind { color: var(--muted); font-size: 0.8125rem; line-height: 1.125rem; }
.kind a { display: inline-block; padding-block: 3px; }
.limit::before { content: "· "; }
p + table { margin-top: 12px; }
/* What has to be there is worth a look; what always is there is not. */
.asked .needed { color: var(--accent); }
tr.opens { border-bottom: 0; }
.deeper > td { padding-top: 0; }
details { padding: 0 12px; border: 1px solid var(--line); border-radius: 6px; }
summary { padding: 7px 0; color: var(--muted); font-size: 0.8125rem; line-height: 1.125rem; cursor: pointer; }
details tr:last-child { border-bottom: 0; }
details th { width: 10rem; }

.errors { display: flex; flex-wrap: wrap; gap: 8px; margin: 0; padding: 0; list-style: none; }
.errors a { display: block; padding: 3px 12px; border: 1px solid var(--line-strong); border-radius: 999px; color: var(--text); font-size: 0.8125rem; line-height: 1.125rem; font-variant-numeric: tabular-nums; text-decoration: none; }
.errors a:hover { border-color: var(--accent); color: var(--accent); }
pre { margin: 0; padding: 12px 16px; white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: 12px; background: var(--sunken); tab-size: 2; }

@media (width < 600px) {
  .version { display: none; }
  tr, th, td { display: block; width: auto; }
  details th { width: auto; }
  th { padding: 10px 0 0; }
  td { padding-top: 4px; }
  .deeper > td { padding-top: 0; }
  .needed { display: inline; margin-inline-start: 8px; }
}
`

const wide = `@media (width >= 960px) {
  header, main { padding-inline: 32px; }
  .columns { display: grid; grid-template-columns: 288px minmax(0, 1fr); }
  .menu, nav .close { display: none; }
  nav, nav:target { display: block; position: sticky; inset: var(--head) auto auto; height: calc(100dvh - var(--head)); padding: 16px 24px; border-inline-end: 1px solid var(--line); }
  nav a { padding-block: 5px; }
  main { max-width: 1120px; padding-inline: 48px; }
}

@media (width >= 1200px) {
  .operation { display: grid; grid-template-columns: minmax(0, 1fr) 352px; column-gap: 48px; }
  .about { grid-column: 1; }
  .details { grid-column: 1; }
  .try { grid-area: 1 / 2 / 3 / 3; }
  .try h4 { margin-top: 4px; }
  .try pre { position: sticky; top: calc(var(--head) + 24px); }
}
`

export const referenceStyles = [pageStyles, tokens, frame, words, tables, wide].join('\n')
