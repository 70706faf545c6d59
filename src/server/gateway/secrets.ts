/** Secrets that a client keeps and the server knows only by their hash: refresh tokens, visitor keys, sessions, sign-in links. */
import { createHash, randomBytes } from 'node:crypto'

/** 256 unguessable bits. */
export const createSecret = (): string => randomBytes(32).toString('base64url')

/** They carry enough chance of their own, so that a plain hash cannot be turned round. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
