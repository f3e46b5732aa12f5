import { type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP } from 'node:net'
import { z } from 'zod'
import { hostOf, isPrivate, lookupPrivate, OutsideAddress } from './private-address.ts'

// The chat completions API (platform.openai.com/docs/api-reference/chat), which vLLM, Ollama, SGLang and others
// serve inside banks. One call of it is all that is used; the `openai` package has no place to look at the
// address that is connected to, and follows redirects.

export interface ModelSettings {
  /** The base of the API: `http://10.0.0.5:8000/v1`. */
  readonly url: string
  readonly model: string
  readonly key: string | null
  /** Text of clients may go to an address that is not private. */
  readonly mayGoOutside: boolean
}

export interface Asked {
  readonly instructions: string
  readonly text: string
  /** JSON Schema of the answer, and its name. */
  readonly schema: Readonly<Record<string, unknown>>
  /** In milliseconds, from beginning to end. */
  readonly patienceMs: number
}

/**
 * What came of asking. `late`: not in time. `busy`: it wants fewer questions, for so long. `refused`: it
 * does not take the question. `unreadable`: an answer that is none. `outside`: not asked, as it is not private.
 */
export type ModelAnswer =
  | { readonly came: 'answered'; readonly value: unknown }
  | { readonly came: 'busy'; readonly forMs: number }
  | { readonly came: 'late' | 'refused' | 'unreadable' | 'away' | 'outside' }

const MOST_BYTES = 64 * 1024
const MOST_TOKENS = 200
const BUSY_MS = 30_000
const MOST_BUSY_MS = 10 * 60_000

const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string() }),
        finish_reason: z.enum(['stop']),
      }),
    )
    .min(1),
})

/** Asks a model once; never rejects. */
export async function askModel(settings: ModelSettings, asked: Asked): Promise<ModelAnswer> {
  const signal = AbortSignal.timeout(asked.patienceMs)
  try {
    const response = await post(settings, bodyOf(settings, asked), signal)
    if (response.statusCode === 429 || response.statusCode === 503) {
      response.destroy()
      return { came: 'busy', forMs: pauseOf(response) }
    }
    if (response.statusCode !== 200) {
      response.destroy()
      return { came: 'refused' }
    }
    return readAnswer(await textOf(response))
  } catch (error) {
    if (signal.aborted) return { came: 'late' }
    return { came: error instanceof OutsideAddress ? 'outside' : 'away' }
  }
}

const bodyOf = ({ model }: ModelSettings, { instructions, text, schema }: Asked): string =>
  JSON.stringify({
    model,
    temperature: 0,
    max_tokens: MOST_TOKENS,
    messages: [
      { role: 'system', content: instructions },
      { role: 'user', content: text },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'answer', strict: true, schema },
    },
  })

/** Redirects are not followed: they would lead elsewhere. */
function post(
  { url, key, mayGoOutside }: ModelSettings,
  body: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const to = new URL(`${url.replace(/\/+$/, '')}/chat/completions`)
  const host = hostOf(to)
  if (isIP(host) && !mayGoOutside && !isPrivate(host)) throw new OutsideAddress(host)
  return new Promise((resolve, reject) => {
    const request = (to.protocol === 'https:' ? secure : plain)(to, {
      method: 'POST',
      signal,
      ...(!mayGoOutside && { lookup: lookupPrivate }),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(key && { authorization: `Bearer ${key}` }),
      },
    })
    request.on('response', resolve).on('error', reject).end(body)
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
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

/** An answer that was cut off, or is not of the form that was asked for, is none. */
function readAnswer(text: string): ModelAnswer {
  const parsed = completion.safeParse(json(text))
  const value = parsed.success ? json(parsed.data.choices[0]?.message.content ?? '') : undefined
  return value === undefined ? { came: 'unreadable' } : { came: 'answered', value }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Seconds in `Retry-After`; a date in it counts as not said. */
function pauseOf({ headers }: IncomingMessage): number {
  const seconds = Number(headers['retry-after'])
  return seconds > 0 ? Math.min(seconds * 1000, MOST_BUSY_MS) : BUSY_MS
}
