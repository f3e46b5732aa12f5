import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

// The chat completions API as platform.openai.com/docs/api-reference/chat/create has it: one choice, whose
// message's content is a text that follows the JSON schema of `response_format`.

/** What the next answers are like. `hangs`: none comes before `release`. */
export type Behaviour =
  | { readonly says: string; readonly finish?: 'stop' | 'length' | 'content_filter' }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly raw: string }
  | 'hangs'
  | 'breaks-off'

export interface Question {
  readonly authorization: string | undefined
  readonly path: string
  readonly body: {
    readonly model: string
    readonly messages: readonly { readonly role: string; readonly content: string }[]
    readonly response_format: { readonly type: string }
  }
  /** All that was sent, as text. */
  readonly sent: string
}

/** What was sent to be written down (…/api-reference/audio/createTranscription). */
export interface Recorded {
  readonly authorization: string | undefined
  readonly model: string
  readonly format: string
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ModelDouble {
  readonly url: string
  readonly recordings: Recorded[]
  readonly asked: Question[]
  behave(behaviour: Behaviour): void
  /** Resolves once somebody asks. */
  next(): Promise<void>
  release(): void
  close(): Promise<void>
}

export async function startModel(): Promise<ModelDouble> {
  const asked: Question[] = []
  const recordings: Recorded[] = []
  let behaviour: Behaviour = { says: '{"line": null}' }
  let held: (() => void)[] = []
  let waiting: (() => void)[] = []
  const server = createServer(async (request, response) => {
    const { authorization, 'content-type': type = '' } = request.headers
    const records = request.url === '/v1/audio/transcriptions'
    if (records) {
      const form = await new Response(await bytesOf(request), {
        headers: { 'content-type': type },
      }).formData()
      const file = form.get('file') as File
      recordings.push({
        ...{ authorization, model: String(form.get('model')) },
        ...{ format: String(form.get('response_format')), name: file.name },
        bytes: new Uint8Array(await file.arrayBuffer()),
      })
    } else {
      const sent = (await bytesOf(request)).toString('utf8')
      asked.push({ authorization, path: request.url ?? '', body: JSON.parse(sent), sent })
    }
    for (const heard of waiting.splice(0)) heard()
    const now = behaviour
    if (now === 'hangs') {
      held.push(() => response.destroy())
    } else if (now === 'breaks-off') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '400' })
      response.write('{"choices": [{"message": ')
      setTimeout(() => response.destroy(), 5)
    } else if ('status' in now) {
      response.writeHead(now.status, now.headers).end('{"error": {"message": "no"}}')
    } else if ('raw' in now) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(now.raw)
    } else if (records) {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ text: now.says, usage: { type: 'duration', seconds: 2 } }))
    } else {
      const message = { role: 'assistant', content: now.says, refusal: null }
      const choice = { index: 0, message, finish_reason: now.finish ?? 'stop', logprobs: null }
      const answer = { id: 'chatcmpl-1', object: 'chat.completion', choices: [choice] }
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ...answer, created: 1, model: 'm', usage: { total_tokens: 9 } }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const release = () => {
    for (const end of held) end()
    held = []
  }
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    recordings,
    behave(next) {
      behaviour = next
    },
    next: () => new Promise((resolve) => (waiting = [...waiting, resolve])),
    release,
    async close() {
      release()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces)
}
