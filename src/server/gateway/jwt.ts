/** JSON web tokens, signed with HS256 and with nothing else. The only file that knows jose. */
import { compactVerify, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'

/** Pinned: what a token says of its own algorithm decides nothing. */
const ALGORITHM = 'HS256'

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** What must be true of a token besides its signature. */
export interface Demands {
  readonly typ: string
  readonly issuer: string
  readonly audience: string
  readonly requiredClaims: string[]
}

export const signJwt = (header: object, claims: JWTPayload, key: Uint8Array): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ ...header, alg: ALGORITHM }).sign(key)

/** Null for whatever was not signed with the key, or does not meet the demands, or is not of this time. */
export const readJwt = (token: string, key: Uint8Array, now: number, demands: Demands): Promise<Jwt | null> =>
  orNull(async () => {
    const options = { ...demands, algorithms: [ALGORITHM], currentDate: new Date(now) }
    const { payload, protectedHeader } = await jwtVerify(token, key, options)
    return { header: protectedHeader, claims: payload }
  })

/** What was signed with the key, as text; whether it is good is for the caller to say. */
export const readSigned = (token: string, key: Uint8Array): Promise<string | null> =>
  orNull(async () => new TextDecoder().decode((await compactVerify(token, key, { algorithms: [ALGORITHM] })).payload))

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}
