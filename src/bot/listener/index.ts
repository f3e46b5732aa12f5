import type { Channel, SentFile } from '../../core/chat.ts'
import { newId } from '../../core/ids.ts'
import { describe } from '../../infra/database/fault.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import type { ModelSettings } from '../../infra/model/post-to-model.ts'
import { transcribe } from '../../infra/model/transcribe.ts'
import { noteActs } from '../audit.ts'

/** A voice message of somebody we know. */
export interface Recording {
  readonly sent: SentFile
  readonly staffId: string
  readonly channel: Channel
}

/**
 * Turns voice messages into text: by the chat service's own transcript where it gives one, else by a model of the
 * bank's own. What was heard is shown to whoever said it before it counts.
 */
export interface Listener {
  /** What was said; null: nobody could make it out. Never rejects. */
  hear(recording: Recording): Promise<string | null>
}

/** Minutes of speech; a service keeps longer recordings as files. */
const MOST_BYTES = 10 * 1024 * 1024
const PATIENCE_MS = 30_000
/** So many are written down at once; so many others wait their turn, and whoever comes then is not heard. */
const MOST_AT_ONCE = 4
const MOST_WAITING = 60
const MOST_CHARACTERS = 4000

/** As the audit's acts name it. */
export const LISTENER = 'listener'

export interface ListenerParts {
  /** Null: only what the chat services write down themselves. */
  readonly settings: ModelSettings | null
  readonly database: Database
  readonly clock: () => Date
  readonly log: Log
  readonly patienceMs?: number
}

export function createListener(parts: ListenerParts): Listener {
  const { settings, database, clock, log, patienceMs = PATIENCE_MS } = parts
  let underWay = 0
  const waiting: (() => void)[] = []

  async function byModel({ sent, staffId, channel }: Recording): Promise<string | null> {
    if (!settings || !channel.fetchFile || sent.size > MOST_BYTES) return null
    const fetched = await channel.fetchFile(sent.ref, MOST_BYTES)
    const file =
      'bytes' in fetched
        ? { name: fetched.name ?? sent.name, bytes: fetched.bytes }
        : { name: sent.name, bytes: fetched }
    const began = performance.now()
    const answer = await transcribe(settings, file, patienceMs)
    const input = { came: answer.came, ms: Math.round(performance.now() - began) }
    const result = answer.came === 'answered' ? ('done' as const) : ('refused' as const)
    const act = { staff: staffId, channel: channel.name, command: LISTENER, input, result }
    await database.transaction((tx) =>
      noteActs(tx, [{ id: newId(), ...act, undoable: false, givenOut: null }], clock()),
    )
    return answer.came === 'answered' ? answer.text : null
  }

  return {
    async hear(recording) {
      if (waiting.length >= MOST_WAITING) return null
      if (underWay < MOST_AT_ONCE) underWay += 1
      else await new Promise<void>((begin) => waiting.push(begin))
      try {
        const { channel, sent } = recording
        const text = (await channel.transcriptOf?.(sent.ref)) ?? (await byModel(recording))
        return text?.trim().slice(0, MOST_CHARACTERS) || null
      } catch (error) {
        log.warn({ error: describe(error) }, 'a voice message was not heard')
        return null
      } finally {
        const next = waiting.shift()
        if (next) next()
        else underWay -= 1
      }
    },
  }
}
