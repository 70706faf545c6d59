// The back end's client. Only code that stays on the server imports it: the key is everyone's once it is in a page.
import { Porchlight } from 'porchlight/server-sdk'

export const SERVER = process.env.PORCHLIGHT ?? 'http://127.0.0.1:4600'

export const porchlight = new Porchlight({ apiKey: process.env.PORCHLIGHT_API_KEY, baseUrl: SERVER })
