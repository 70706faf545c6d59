/** What the customer did on the site, as a line of time: the newest first, a few at first. */
import { useState } from 'preact/hooks'
import type { Activity } from '../../sdk/agent/types.ts'
import { words } from '../words.ts'
import { linkOf } from './page-link.ts'
import { When } from './when.tsx'

const text = words.details.activity
/** As many as fit beside what else there is to know. */
const FIRST = 6

function Viewed({ url, title }: { readonly url: string; readonly title: string | undefined }) {
  const link = linkOf(url)
  const name = <bdi>{title || link?.label || url}</bdi>
  return (
    <>
      {text.viewed}{' '}
      {link ? (
        <a href={link.href} title={link.href} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
      ) : (
        name
      )}
    </>
  )
}

function Tracked({ name, data = {} }: { readonly name: string; readonly data: Record<string, string | number | boolean> | undefined }) {
  const said = Object.entries(data)
  return (
    <>
      <bdi class="activity-name">{name}</bdi>
      {said.length > 0 && (
        <dl class="activity-data">
          {said.map(([key, value]) => (
            <div key={key}>
              <dt>
                <bdi>{key}</bdi>
              </dt>{' '}
              <dd>
                <bdi>{String(value)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

export function Activities({ activity, now }: { readonly activity: readonly Activity[]; readonly now: number }) {
  const [all, setAll] = useState(false)
  const shown = all ? activity : activity.slice(0, FIRST)
  return (
    <section class="activities" aria-labelledby="activities-title">
      <h3 class="activities-title" id="activities-title">
        {text.label}
      </h3>
      <ol>
        {shown.map((one, at) => (
          <li key={activity.length - at} class={`activity ${one.type}`}>
            <div class="activity-what">
              {one.type === 'page' ? <Viewed url={one.url} title={one.title} /> : <Tracked name={one.name} data={one.data} />}
            </div>
            <When at={one.created_at} now={now} />
          </li>
        ))}
      </ol>
      {shown.length < activity.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {text.all(activity.length)}
        </button>
      )}
    </section>
  )
}
