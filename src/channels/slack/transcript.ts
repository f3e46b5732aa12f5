import { setTimeout as pause } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import { z } from 'zod'

// A clip's transcript comes with its file, some seconds after the clip
// (docs.slack.dev/reference/objects/file-object, `transcription`).

const LOOKS = 8
const LOOK_MS = 1000

const known = z.object({
  transcription: z.object({
    status: z.string(),
    preview: z.object({ content: z.string(), has_more: z.boolean().optional() }).optional(),
  }),
})

/** What Slack wrote down of a clip; null: nothing, or only its beginning. */
export async function transcriptOf(
  client: webApi.WebClient,
  file: string,
  lookMs = LOOK_MS,
): Promise<string | null> {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await pause(lookMs)
    const found = known.safeParse((await client.files.info({ file })).file)
    if (!found.success) return null
    const { status, preview } = found.data.transcription
    if (status === 'complete') return preview && !preview.has_more ? preview.content : null
    if (status !== 'processing') return null
  }
  return null
}
