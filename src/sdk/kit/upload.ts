/** Sending a file. Only `XMLHttpRequest` tells how far it has come; where there is none, as in Node, it goes without. */
import type { HttpResponse, Upload } from './environment.ts'

export const upload: Upload = (url, authorization, file, signal, onProgress) => {
  const body = new FormData()
  body.append('file', file as Blob)
  if (!globalThis.XMLHttpRequest) return plainly(url, { method: 'POST', headers: { authorization }, body, signal })
  return new Promise<HttpResponse>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('authorization', authorization)
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
    // Of what got no answer the status is 0.
    request.onloadend = () => (request.status ? resolve({ status: request.status, body: request.responseText }) : reject())
    signal.onabort = () => request.abort()
    request.send(body)
  })
}

async function plainly(url: string, request: RequestInit): Promise<HttpResponse> {
  const response = await fetch(url, request)
  return { status: response.status, body: await response.text() }
}
