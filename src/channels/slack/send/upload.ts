import { setTimeout as pause } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import type { Card } from '../../../core/card.ts'
import { SendFailure } from '../../../core/chat.ts'
import type { Attachment } from '../../../core/unsent.ts'
import { failureOf, reasonOf } from './failure.ts'

type Client = webApi.WebClient

/** What a message's pictures and files became at Slack. */
interface Upload {
  /** Of a picture its file's id, of a file its permalink. */
  readonly refs: readonly string[]
  readonly ids: readonly string[]
}

export interface Uploads {
  /**
   * The references to what a card carries; null: Slack does not take it, and the card is to go without.
   * Throws a `SendFailure` of `later` while that may still change.
   */
  of(key: string, card: Card): Promise<readonly string[] | null>
  /** Slack does not know the files of this message yet. */
  notThere(key: string): SendFailure
}

/** Uploading is tried so often before the words go without. */
const MOST_TRIES = 5
const AGAIN_MS = 2000
/** A file is there a moment after its upload: looked for so often within one try. */
const LOOKS = 8
const LOOK_MS = 400
const UPLOAD_MS = 10_000
const MOST_REMEMBERED = 500

const isAttachment = (block: Card['blocks'][number]): block is Attachment =>
  block.kind === 'picture' || block.kind === 'file'

/**
 * Uploads what messages carry, once each (docs.slack.dev/messaging/working-with-files), and waits until
 * it can be shown: an upload ends before Slack knows what kind of file it is.
 */
export function createUploads(client: Client, warn: (message: string) => void): Uploads {
  const done = new Map<string, Upload>()
  const tries = new Map<string, number>()

  /** Later, or after some tries without: null. */
  function again(key: string, reason: string): null {
    const tried = (tries.get(key) ?? 0) + 1
    remember(tries, key, tried)
    if (tried < MOST_TRIES) throw new SendFailure('later', reason, AGAIN_MS)
    warn(`a picture or file could not be sent: ${reason}`)
    return null
  }

  async function of(key: string, card: Card): Promise<readonly string[] | null> {
    const attachments = card.blocks.filter(isAttachment)
    if (attachments.length === 0) return []
    if ((tries.get(key) ?? 0) >= MOST_TRIES) return null
    try {
      const upload = done.get(key) ?? (await uploadAll(client, attachments))
      remember(done, key, upload)
      for (const id of upload.ids)
        if (!(await isThere(client, id))) return again(key, 'not there yet')
      return upload.refs
    } catch (error) {
      if (error instanceof SendFailure && error.kind === 'later' && error.retryAfterMs) throw error
      const failure = failureOf(error)
      // Refused as such, whoever asks: forbidden in the workspace, or a scope that is not granted.
      const scope = reasonOf(error) === 'missing_scope'
      if (failure.kind === 'refused' || scope) {
        warn(`a picture or file was refused: ${failure.message}`)
        remember(tries, key, MOST_TRIES)
        return null
      }
      if (failure.kind === 'away' || failure.retryAfterMs) throw failure
      // Nothing was said yet, so it is never in doubt.
      return again(key, failure.message)
    }
  }

  return {
    of,
    notThere(key) {
      remember(tries, key, (tries.get(key) ?? 0) + 1)
      return new SendFailure('later', 'Slack does not know the file yet', AGAIN_MS)
    },
  }
}

async function uploadAll(client: Client, attachments: readonly Attachment[]): Promise<Upload> {
  const refs: string[] = []
  const ids: string[] = []
  for (const block of attachments) {
    const isPicture = block.kind === 'picture'
    const file = Buffer.from(isPicture ? block.png : block.base64, 'base64')
    const filename = isPicture ? 'picture.png' : block.name
    const place = await client.files.getUploadURLExternal({ filename, length: file.length })
    if (!place.upload_url || !place.file_id) throw new Error('no place to upload to')
    await put(place.upload_url, file)
    const title = isPicture ? block.alt : block.name
    const done = await client.files.completeUploadExternal({
      files: [{ id: place.file_id, title }],
    })
    refs.push(isPicture ? place.file_id : (done.files?.[0]?.permalink ?? ''))
    ids.push(place.file_id)
  }
  return { refs, ids }
}

/** Files go to another host than calls do, which a bank's firewall may not let through. */
async function put(url: string, body: Buffer): Promise<void> {
  let answer: Response
  try {
    answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(UPLOAD_MS) })
  } catch (error) {
    throw new SendFailure(
      'later',
      `upload: ${error instanceof Error ? error.message : 'no answer'}`,
    )
  }
  await answer.body?.cancel()
  if (!answer.ok) throw new SendFailure('later', `upload answered ${answer.status}`)
}

/** Whether Slack knows what kind of file it is; where it does not tell, posting shows it. */
async function isThere(client: Client, file: string): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await pause(LOOK_MS)
    try {
      const { file: known } = await client.files.info({ file })
      if (known?.mimetype) return true
    } catch (error) {
      const reason = reasonOf(error)
      if (reason === 'file_not_found') continue
      if (reason) return true
      throw error
    }
  }
  return false
}

function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  for (const old of memory.keys()) {
    if (memory.size < MOST_REMEMBERED) break
    memory.delete(old)
  }
  memory.set(key, value)
}
