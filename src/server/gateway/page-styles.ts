/** What the looks of the server's own pages begin with. */

/** Colours and measures are those of `ui/tokens.css`, of which all such pages need these few. */
export const pageStyles = `:root {
  color-scheme: light dark;
  --surface: light-dark(#ffffff, #17181a);
  --sunken: light-dark(#f6f5f2, #111214);
  --text: light-dark(#1c1d1f, #f2f1ee);
  --muted: light-dark(#5c6066, #a9adb4);
  --line: light-dark(#e6e4df, #2c2f33);
}

body {
  margin: 0;
  background: var(--surface);
  color: var(--text);
  font: 0.9375rem / 1.375rem system-ui, sans-serif;
}
`
