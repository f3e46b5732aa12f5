import { z } from 'zod'
import { type ModelSettings, postToModel, textOf } from './post-to-model.ts'
import { OutsideAddress } from './private-address.ts'

// The transcriptions API (platform.openai.com/docs/api-reference/audio/createTranscription), which faster-whisper,
// vLLM, LocalAI and others serve inside banks: a form with the file and the model, answered as `{"text": …}`.

/** What came of a recording; of what was refused or did not come, why. */
export type Transcript =
  | { readonly came: 'answered'; readonly text: string }
  | { readonly came: 'late' | 'refused' | 'unreadable' | 'away' | 'outside' }

const transcript = z.object({ text: z.string().max(4000) })

/** Has a recording written down; never rejects. `patienceMs` from beginning to end. */
export async function transcribe(
  settings: ModelSettings,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  patienceMs: number,
): Promise<Transcript> {
  const signal = AbortSignal.timeout(patienceMs)
  const form = new FormData()
  form.set('model', settings.model)
  form.set('response_format', 'json')
  form.set('file', new File([Buffer.from(bytes)], name))
  const encoded = new Response(form)
  const body = {
    bytes: new Uint8Array(await encoded.arrayBuffer()),
    type: encoded.headers.get('content-type') ?? '',
  }
  try {
    const response = await postToModel(settings, '/audio/transcriptions', body, signal)
    if (response.statusCode !== 200) {
      response.destroy()
      return { came: 'refused' }
    }
    const said = transcript.safeParse(json(await textOf(response)))
    return said.success ? { came: 'answered', text: said.data.text } : { came: 'unreadable' }
  } catch (error) {
    if (signal.aborted) return { came: 'late' }
    return { came: error instanceof OutsideAddress ? 'outside' : 'away' }
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
