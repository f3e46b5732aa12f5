import { setTimeout as pause } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import { z } from 'zod'

// A clip's transcript comes with its file, some seconds after the clip: the beginning of it, and the address of the
// whole as subtitles (docs.slack.dev/reference/objects/file-object, `transcription` and `vtt`).

const LOOKS = 8
const LOOK_MS = 1000

const known = z.object({
  transcription: z.object({
    status: z.string(),
    preview: z.object({ content: z.string(), has_more: z.boolean().optional() }).optional(),
  }),
  vtt: z.url().optional(),
})

/** What Slack wrote down of a clip; null: nothing, or only its beginning. */
export async function transcriptOf(
  client: webApi.WebClient,
  file: string,
  fetchSubtitles: (address: string) => Promise<Uint8Array>,
): Promise<string | null> {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await pause(LOOK_MS)
    const found = known.safeParse((await client.files.info({ file })).file)
    if (!found.success) return null
    const { transcription, vtt } = found.data
    const { status, preview } = transcription
    if (status === 'complete') {
      if (preview && !preview.has_more) return preview.content
      // What cannot be fetched may still be heard by somebody else.
      const subtitles = vtt ? await fetchSubtitles(vtt).catch(() => null) : null
      return subtitles && spokenIn(new TextDecoder().decode(subtitles))
    }
    if (status !== 'processing') return null
  }
  return null
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&nbsp;': ' ', '&lrm;': '', '&rlm;': '' },
}

/** The words of subtitles, without their times (w3.org/TR/webvtt1); null: there are none. */
export function spokenIn(subtitles: string): string | null {
  const cues = subtitles
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split('\n')
      const times = lines.findIndex((line) => line.includes('-->'))
      return times < 0 ? [] : lines.slice(times + 1)
    })
  const words = cues
    .map((line) => line.replace(/<[^>]*>/g, '').replace(/&\w+;/g, (each) => ENTITIES[each] ?? each))
    .join('\n')
    // Chinese is cut anywhere, and has no blanks between words.
    .replace(/(?<=[\p{Script=Han}，。！？、；：])\n(?=\p{Script=Han})/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  return words || null
}
