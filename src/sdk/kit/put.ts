/** Putting bytes to an address. Only `XMLHttpRequest` tells how far they have come; where there is none it goes without. */
import type { HttpResponse } from './environment.ts'

export interface Put {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: { loaded: number; total: number }) => void) | undefined
}

/** Rejects when no answer came. `body` is whatever the platform sends. */
export async function put(url: string, body: unknown, { signal, onProgress }: Put): Promise<HttpResponse> {
  if (onProgress && globalThis.XMLHttpRequest) return putWatched(url, body, onProgress, signal)
  const response = await fetch(url, { method: 'PUT', body: body as BodyInit, ...(signal && { signal }) })
  return { status: response.status, body: await response.text() }
}

const putWatched = (url: string, body: unknown, onProgress: NonNullable<Put['onProgress']>, signal: AbortSignal | undefined) =>
  new Promise<HttpResponse>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', url)
    request.upload.onprogress = ({ loaded, total }) => onProgress({ loaded, total })
    request.onloadend = () => (request.status ? resolve({ status: request.status, body: request.responseText }) : reject())
    signal?.addEventListener('abort', () => request.abort())
    request.send(body as XMLHttpRequestBodyInit)
  })
