import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { type ModelSettings, postToModel, textOf } from './post-to-model.ts'
import { OutsideAddress } from './private-address.ts'

// The chat completions API (platform.openai.com/docs/api-reference/chat), which vLLM, Ollama, SGLang and others
// serve inside banks. One call of it is all that is used; the `openai` package has no place to look at the
// address that is connected to, and follows redirects.

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
    const body = { bytes: Buffer.from(bodyOf(settings, asked)), type: 'application/json' }
    const response = await postToModel(settings, '/chat/completions', body, signal)
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
