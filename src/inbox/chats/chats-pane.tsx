/** The first pane: title, filter, search, the list, and who is signed in. */

import { Icon } from '../../ui/icon.tsx'
import { SEARCH } from '../../ui/icons.ts'
import type { Desk } from '../desk.ts'
import { words } from '../words.ts'
import { Account } from './account.tsx'
import { ChatList } from './chat-list.tsx'
import type { Filter } from './listing.ts'

const text = words.chats
const FILTERS: readonly Filter[] = ['open', 'all']

function FilterChoice({ desk }: { readonly desk: Desk }) {
  return (
    <fieldset class="segments">
      <legend class="hidden">{text.filter}</legend>
      {FILTERS.map((filter) => (
        <label class="segment" key={filter}>
          <input
            class="segment-input"
            type="radio"
            name="filter"
            checked={desk.filter.value === filter}
            onChange={() => (desk.filter.value = filter)}
          />
          <span class="segment-label">{text[filter]}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Search({ desk }: { readonly desk: Desk }) {
  return (
    <label class="search">
      <span class="hidden">{text.search}</span>
      <Icon path={SEARCH} size={16} />
      <input
        class="search-input"
        id="search"
        type="search"
        placeholder={text.search}
        value={desk.query.value}
        onInput={(event) => (desk.query.value = event.currentTarget.value)}
      />
    </label>
  )
}

export function ChatsPane({ desk, signOut }: { readonly desk: Desk; readonly signOut: () => void }) {
  return (
    <section class="pane chats-pane" aria-label={words.inbox}>
      <header class="pane-head chats-head">
        <h2 class="pane-title">{words.inbox}</h2>
        <FilterChoice desk={desk} />
      </header>
      <Search desk={desk} />
      <ChatList desk={desk} />
      <Account desk={desk} signOut={signOut} />
    </section>
  )
}
