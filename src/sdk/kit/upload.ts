/** Sending a file. Only `XMLHttpRequest` tells how far it has come; where there is none, as in Node, it goes without. */
import type { HttpResponse, Upload } from './environment.ts'

/** As far as it is used here. */
type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: FormData; signal: AbortSignal },
) => Promise<{ readonly status: number; text(): Promise<string> }>

/** Where a form takes a file by its address. */
export const isReactNative = globalThis.navigator?.product === 'ReactNative'

function formOf(file: unknown): FormData {
  const form = new FormData()
  form.append('file', file as Blob)
  return form
}

/** By a `fetch`, which tells only of the beginning and the end. */
export const uploadBy =
  (ask: Fetch): Upload =>
  async (url, authorization, file, signal, onProgress) => {
    onProgress(0)
    const response = await ask(url, { method: 'POST', headers: { authorization }, body: formOf(file), signal })
    onProgress(1)
    return { status: response.status, body: await response.text() }
  }

export const upload: Upload = (url, authorization, file, signal, onProgress) => {
  if (!globalThis.XMLHttpRequest) return uploadBy(fetch)(url, authorization, file, signal, onProgress)
  return new Promise<HttpResponse>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('authorization', authorization)
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
    // Of what got no answer the status is 0.
    request.onloadend = () => (request.status ? resolve({ status: request.status, body: request.responseText }) : reject())
    signal.onabort = () => request.abort()
    request.send(formOf(file))
  })
}
