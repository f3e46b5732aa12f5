import { type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP } from 'node:net'
import { hostOf, isPrivate, lookupPrivate, OutsideAddress } from './private-address.ts'

export interface ModelSettings {
  /** The base of the API: `http://10.0.0.5:8000/v1`. */
  readonly url: string
  readonly model: string
  readonly key: string | null
  /** Text of clients may go to an address that is not private. */
  readonly mayGoOutside: boolean
}

const MOST_BYTES = 64 * 1024

/** Redirects are not followed: they would lead elsewhere. */
export function postToModel(
  { url, key, mayGoOutside }: Pick<ModelSettings, 'url' | 'key' | 'mayGoOutside'>,
  path: string,
  body: { readonly bytes: Uint8Array; readonly type: string },
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const to = new URL(`${url.replace(/\/+$/, '')}${path}`)
  const host = hostOf(to)
  if (isIP(host) && !mayGoOutside && !isPrivate(host)) throw new OutsideAddress(host)
  return new Promise((resolve, reject) => {
    const request = (to.protocol === 'https:' ? secure : plain)(to, {
      method: 'POST',
      signal,
      ...(!mayGoOutside && { lookup: lookupPrivate }),
      headers: {
        'content-type': body.type,
        'content-length': body.bytes.length,
        ...(key && { authorization: `Bearer ${key}` }),
      },
    })
    request.on('response', resolve).on('error', reject).end(body.bytes)
  })
}

/** An answer as text; blank when it is longer than any of ours. */
export async function textOf(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of response) {
    size += piece.length
    if (size > MOST_BYTES) {
      response.destroy()
      return ''
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
