import { decryptFile } from '@wecom/aibot-node-sdk'
import { z } from 'zod'
import type { FetchedFile } from '../../../core/chat.ts'

/** A file as WeCom hands it over: encrypted, good for five minutes. */
export const parcel = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** Without one the file is not encrypted. */
  aeskey: z.string().min(1).max(200).optional(),
})

const PATIENCE_MS = 30_000
/** Padding at the end of what is encrypted. */
const PADDING = 32

/** The bytes and the name of a file that `ref` describes; throws where it is gone or larger than `most`. */
export async function download(ref: string, most: number): Promise<FetchedFile> {
  const { url, aeskey } = parcel.parse(JSON.parse(ref))
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) })
  if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`)
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of answer.body) {
    size += piece.length
    if (size > most + PADDING) throw new Error('too large')
    pieces.push(piece)
  }
  const sealed = Buffer.concat(pieces)
  const bytes = aeskey ? decryptFile(sealed, aeskey) : sealed
  if (bytes.length > most) throw new Error('too large')
  return { name: nameIn(answer.headers.get('content-disposition') ?? ''), bytes }
}

/** The file name of a Content-Disposition header (RFC 6266); null when there is none. */
function nameIn(header: string): string | null {
  const [, encoded] = header.match(/filename\*=UTF-8''([^;\s]+)/i) ?? []
  const [, plain] = header.match(/filename="?([^";]+)"?/i) ?? []
  const name = encoded ?? plain
  if (!name) return null
  try {
    return decodeURIComponent(name).slice(0, 200)
  } catch {
    return name.slice(0, 200)
  }
}
