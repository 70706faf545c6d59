/** How the chat's own page looks around the chat: the whole screen of a phone, a card on the table of a wide one. */
import { pageStyles } from './page-styles.ts'

export const chatStyles = `${pageStyles}
body {
  display: flex;
  flex-direction: column;
  box-sizing: border-box;
  min-height: 100dvh;
}

#chat {
  box-sizing: border-box;
  width: 100%;
  height: 100dvh;
  padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left);
}

.nothing {
  max-width: 26rem;
  margin: auto;
  padding: 24px;
  text-align: center;
}

.nothing h1 {
  margin: 0 0 8px;
  font-size: 1.375rem;
  font-weight: 650;
  line-height: 1.75rem;
  text-wrap: balance;
}

.nothing p,
p.nothing {
  color: var(--muted);
  text-wrap: pretty;
}

.nothing p {
  margin: 0;
}

@media (width >= 768px) {
  body {
    background: var(--sunken);
  }

  #chat {
    max-width: 720px;
    height: calc(100dvh - 48px);
    margin: 24px auto;
    overflow: clip;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--surface);
  }
}
`
