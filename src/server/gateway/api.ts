/** The addresses under `/v1`: actions, customer tokens and agent sessions. */

import { backendRoutes } from './backend-api.ts'
import { clearSessionCookie, writeSessionCookie } from './cookies.ts'
import { preflight } from './cors.ts'
import type { FaceSide } from './dispatch.ts'
import type { Gateway } from './gateway.ts'
import { sparing } from './nonsense.ts'
import { countAndTell } from './rate-headers.ts'
import { requestKeyOf } from './request-keys.ts'
import { json, type Route, readBody } from './routes.ts'
import { unreadRoute } from './unread.ts'
import { uploadRoutes } from './uploads.ts'

export function apiRoutes(gateway: Gateway): Route[] {
  const actions = (['customer', 'agent'] as const).map((side) => actionRoute(gateway, side))
  // By its name first: it is an action like the others, but for how it comes.
  const routes = [...uploadRoutes(gateway), ...actions, ...tokenRoutes(gateway), unreadRoute(gateway), ...sessionRoutes(gateway)]
  const spared = routes.map((route) => sparing(gateway.parts.rates, route))
  return [
    ...[...spared, ...backendRoutes(gateway)].map((route) => attended(gateway, route)),
    preflight('/v1/customer/action/:name'),
    preflight('/v1/customer/token'),
    preflight('/v1/customer/unread'),
    preflight('/uploads/:name'),
  ]
}

const attended = (gateway: Gateway, route: Route): Route => ({
  ...route,
  handle: (asked) => gateway.attend(route.purpose, () => route.handle(asked)),
})

function actionRoute(gateway: Gateway, side: FaceSide): Route {
  return {
    method: 'POST',
    path: `/v1/${side}/action/:name`,
    purpose: 'carry out the action',
    async handle(asked) {
      const { principal } = await gateway.authenticator.request(side, asked, asked.name)
      const payload = readBody(asked, asked.name)
      const spec = gateway.dispatcher.specOf(side, 'http', asked.name, payload)
      countAndTell(gateway, asked, asked.name, spec.rate, principal)
      const key = spec.write ? requestKeyOf(asked, `${side}:${principal.id}`, payload) : null
      const ctx = gateway.contextOf(principal, asked)
      const result = await gateway.dispatcher.run({ ctx, action: asked.name, payload, key, address: asked.address, origin: () => null })
      return json('reply' in result ? result.reply.answer : await result.plan.answer(result.committed))
    },
  }
}

function tokenRoutes({ customerTokens }: Gateway): Route[] {
  const path = '/v1/customer/token'
  return [
    {
      method: 'POST',
      path,
      purpose: 'get a token',
      handle: async (asked) => json(await customerTokens.grant(asked, readBody(asked, 'get a token'))),
    },
    {
      method: 'DELETE',
      path,
      purpose: 'forget the device',
      async handle(asked) {
        await customerTokens.forget(asked, readBody(asked, 'forget the device'))
        return json({})
      },
    },
  ]
}

function sessionRoutes({ agentSessions, authenticator: { secure } }: Gateway): Route[] {
  const path = '/v1/agent/session'
  return [
    {
      method: 'GET',
      path,
      purpose: 'read the session',
      async handle(asked) {
        const session = await agentSessions.current(asked)
        // Nobody is no failure: a page that asks before it shows the sign-in form must not fill the console with red.
        return json(session ?? {})
      },
    },
    {
      method: 'POST',
      path,
      purpose: 'sign in',
      async handle(asked) {
        const { secret, response } = await agentSessions.signIn(asked, readBody(asked, 'sign in'))
        return json(response, secret === null ? {} : { 'set-cookie': writeSessionCookie(secret, secure) })
      },
    },
    {
      method: 'DELETE',
      path,
      purpose: 'sign out',
      async handle(asked) {
        await agentSessions.signOut(asked)
        return json({}, { 'set-cookie': clearSessionCookie(secure) })
      },
    },
  ]
}
