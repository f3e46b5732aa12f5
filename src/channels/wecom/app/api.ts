import { z } from 'zod'
import { SendFailure } from '../../../core/chat.ts'
import type { TokenStore } from '../../plugin.ts'

export interface ApiOptions {
  readonly corpId: string
  readonly secret: string
  readonly apiUrl: string
  readonly tokens: TokenStore
}

/** A call that WeCom refused with `errcode`, or that nobody knows the end of. */
export class ApiFailure extends SendFailure {
  readonly errcode: number
  constructor(kind: SendFailure['kind'], message: string, errcode = 0, retryAfterMs = 0) {
    super(kind, message, retryAfterMs)
    this.errcode = errcode
  }
}

export interface Api {
  /** Calls with the token, which is renewed where WeCom does not know it. Throws an `ApiFailure`. */
  call<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body?: object | FormData,
    query?: Readonly<Record<string, string>>,
  ): Promise<z.infer<Schema>>
  /** The bytes of media that somebody sent, up to `most`. */
  download(mediaId: string, most: number): Promise<Uint8Array>
}

/** The token is renewed so long before it lapses. */
const EARLY_MS = 5 * 60_000
const PATIENCE_MS = 10_000
const TOKEN_IS_OVER = new Set([40001, 40014, 42001])
/** Too many calls, a busy service, or an address that the operator must let in: later. */
const LATER = new Set([-1, 45009, 45033, 60020])
const LATER_MS = 60_000

const granted = z.object({ access_token: z.string(), expires_in: z.number().positive() })
const outcome = z.looseObject({ errcode: z.number().default(0), errmsg: z.string().default('') })

export function createApi({ corpId, secret, apiUrl, tokens }: ApiOptions): Api {
  const base = apiUrl.replace(/\/$/, '')
  let renewing: Promise<string> | null = null
  /** The shared token as it was last read or written. */
  let known: Awaited<ReturnType<TokenStore['read']>> = null

  async function renew(): Promise<string> {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
    const answer = await ask(`/cgi-bin/gettoken?${query}`).catch((error: ApiFailure) => {
      // Whatever WeCom has against the token it has against every message.
      if (error.kind !== 'refused') throw error
      throw new ApiFailure('away', error.message, error.errcode, LATER_MS)
    })
    const { access_token: token, expires_in: seconds } = granted.parse(answer)
    known = { token, until: new Date(Date.now() + seconds * 1000) }
    await tokens.write(token, known.until)
    return token
  }

  /** The shared token; `spent` is one that WeCom does not know any more. */
  async function tokenFor(spent: string | null): Promise<string> {
    const serves = () =>
      known && known.token !== spent && known.until.getTime() - Date.now() > EARLY_MS
    if (!serves()) known = await tokens.read()
    if (known && serves()) return known.token
    renewing ??= renew().finally(() => {
      renewing = null
    })
    return renewing
  }

  async function reach(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(base + path, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
    } catch (error) {
      const { cause, message } = error as { cause?: { code?: string }; message?: string }
      const refused = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(cause?.code ?? '')
      throw new ApiFailure(refused ? 'away' : 'unknown', cause?.code ?? message ?? 'no answer')
    }
  }

  async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await reach(path, init)
    if (!response.ok) throw new ApiFailure('unknown', `answered ${response.status}`)
    const answer = outcome.safeParse(await response.json().catch(() => null))
    if (!answer.success) throw new ApiFailure('unknown', 'not an answer of WeCom')
    const { errcode, errmsg } = answer.data
    if (errcode === 0) return answer.data
    const text = `${errcode} ${errmsg}`.slice(0, 200)
    throw LATER.has(errcode)
      ? new ApiFailure('later', text, errcode, LATER_MS)
      : new ApiFailure('refused', text, errcode)
  }

  /** With the token; once more with a new one where that is not known. */
  async function withToken<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await tokenFor(null)
    try {
      return await work(token)
    } catch (error) {
      if (!(error instanceof ApiFailure) || !TOKEN_IS_OVER.has(error.errcode)) throw error
      return work(await tokenFor(token))
    }
  }

  return {
    call: (path, schema, body, query = {}) =>
      withToken(async (access_token) => {
        const address = `${path}?${new URLSearchParams({ access_token, ...query })}`
        const answer = await ask(address, body ? { method: 'POST', body: encoded(body) } : {})
        return schema.parse(answer)
      }),
    download: (mediaId, most) =>
      withToken(async (access_token) => {
        const query = new URLSearchParams({ access_token, media_id: mediaId })
        const response = await reach(`/cgi-bin/media/get?${query}`, {})
        if (!response.ok || !response.body)
          throw new ApiFailure('refused', `answered ${response.status}`)
        if (response.headers.get('content-type')?.includes('json')) {
          const { errcode } = outcome.parse(await response.json())
          throw new ApiFailure('refused', 'no media', errcode)
        }
        const pieces: Uint8Array[] = []
        let size = 0
        for await (const piece of response.body) {
          size += piece.length
          if (size > most) throw new ApiFailure('refused', 'too large')
          pieces.push(piece)
        }
        return Buffer.concat(pieces)
      }),
  }
}

const encoded = (body: object | FormData): string | FormData =>
  body instanceof FormData ? body : JSON.stringify(body)
