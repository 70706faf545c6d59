/** The third pane: who the customer is, where they are, and since when. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ConversationState, Customer } from '../../sdk/agent/types.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CLOSE } from '../../ui/icons.ts'
import { customerOf, givenName, nameOf } from '../chats/rows.ts'
import type { Desk, OpenChat } from '../desk.ts'
import { ratings, words } from '../words.ts'
import { Activities } from './activities.tsx'
import { linkOf } from './page-link.ts'
import { useActivity } from './use-activity.ts'
import { useCustomer } from './use-customer.ts'
import { When } from './when.tsx'

const text = words.details

function Fact({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt class="fact-label">{label}</dt>
      <dd class="fact-value">{children}</dd>
    </div>
  )
}

function Page({ page }: { readonly page: Customer['page'] }) {
  if (page === undefined) return <span class="fact-none">{text.noPage}</span>
  const link = linkOf(page.url)
  if (link === null) return <bdi>{page.title || page.url}</bdi>
  return (
    <>
      {page.title && <bdi class="page-title">{page.title}</bdi>}
      <a class="page-link" href={link.href} target="_blank" rel="noopener noreferrer">
        <bdi>{link.label}</bdi>
      </a>
    </>
  )
}

function Email({ email }: { readonly email: string | undefined }) {
  if (email === undefined) return <span class="fact-none">{text.noEmail}</span>
  return (
    <a href={`mailto:${encodeURIComponent(email)}`}>
      <bdi>{email}</bdi>
    </a>
  )
}

function SiteFields({ fields }: { readonly fields: Customer['session_fields'] }) {
  return (
    <>
      {fields.flatMap(Object.entries).map(([name, value]) => (
        <Fact key={name} label={name}>
          <bdi>{value}</bdi>
        </Fact>
      ))}
    </>
  )
}

function Facts({ customer, state, now }: { readonly customer: Customer; readonly state: ConversationState; readonly now: number }) {
  const rating = state.thread?.rating
  return (
    <dl class="facts">
      <Fact label={text.email}>
        <Email email={customer.email} />
      </Fact>
      <Fact label={text.page}>
        <Page page={customer.page} />
      </Fact>
      {customer.referrer && (
        <Fact label={text.referrer}>
          <Page page={{ url: customer.referrer }} />
        </Fact>
      )}
      <Fact label={text.firstSeen}>
        <When at={customer.created_at} now={now} />
      </Fact>
      {state.thread && (
        <Fact label={text.started}>
          <When at={state.thread.created_at} now={now} />
        </Fact>
      )}
      <Fact label={text.chat}>{state.active ? text.openState : text.closedState}</Fact>
      {rating && (
        <Fact label={text.rating}>
          {ratings[rating.value]}
          {rating.comment && <bdi class="rating-comment">{rating.comment}</bdi>}
        </Fact>
      )}
      <SiteFields fields={customer.session_fields} />
    </dl>
  )
}

function Person({ desk, known, state }: { readonly desk: Desk; readonly known: Customer; readonly state: ConversationState }) {
  const customer = useCustomer(desk, known)
  const activity = useActivity(desk, known.id)
  return (
    <div class="details-body">
      <div class="person">
        <Avatar name={givenName(customer)} picture={customer.avatar} size={40} online={desk.online.value.has(known.id)} />
        <p class="person-name">
          <bdi>{nameOf(customer)}</bdi>
        </p>
      </div>
      <Facts customer={customer} state={state} now={desk.now.value} />
      {activity.length > 0 && <Activities key={customer.id} activity={activity} now={desk.now.value} />}
    </div>
  )
}

/** Where the pane covers the conversation, the focus goes into it when it opens, and back to its switch when it closes. */
function useReturningFocus(shown: boolean) {
  const close = useRef<HTMLButtonElement>(null)
  const wasShown = useRef(shown)
  useEffect(() => {
    if (shown) close.current?.focus()
    else if (wasShown.current) document.querySelector<HTMLElement>('.details-toggle')?.focus()
    wasShown.current = shown
  }, [shown])
  return close
}

export function Details({ desk, open }: { readonly desk: Desk; readonly open: OpenChat }) {
  const state = open.state.value
  const customer = customerOf(state.users)
  const shown = desk.details.value
  const close = useReturningFocus(shown)

  return (
    <section class="pane details-pane" aria-label={text.label} data-shown={shown}>
      <header class="pane-head">
        <h2 class="pane-title">{text.label}</h2>
        <IconButton name={text.close} icon={CLOSE} look="details-close" button={close} onClick={() => (desk.details.value = false)} />
      </header>
      {customer?.type === 'customer' && <Person desk={desk} known={customer} state={state} />}
    </section>
  )
}
