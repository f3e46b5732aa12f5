import { crc32, createDeflateRaw } from 'node:zlib'

/** A part of a zip file to be written: its name, and its text piece by piece. */
export interface PartToWrite {
  readonly name: string
  readonly text: Iterable<string> | AsyncIterable<string>
}

const LOCAL = 0x04034b50
const DESCRIPTOR = 0x08074b50
const ENTRY = 0x02014b50
const END = 0x06054b50
const VERSION = 20
/** Sizes and checksum follow the content; the name is UTF-8. */
const FLAGS = 0x0808
const DEFLATED = 8
/** 1980-01-01: nothing says when it was made, so that the same content is the same file. */
const DATE = 0x0021

interface Written {
  readonly name: Buffer
  readonly at: number
  readonly sum: number
  readonly packed: number
  readonly size: number
}

/**
 * A zip file (PKWARE APPNOTE 4.3, without ZIP64: 4 GB at most), made while it is read: of the content no
 * more is held than the pieces under way.
 */
export async function* zipped(parts: Iterable<PartToWrite>): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let at = 0
  for (const part of parts) {
    const name = Buffer.from(part.name)
    const header = Buffer.concat([headerOf(LOCAL, name, { sum: 0, packed: 0, size: 0 }), name])
    yield header
    const counted = { sum: 0, packed: 0, size: 0 }
    for await (const chunk of deflated(part.text, counted)) yield chunk
    yield numbers(DESCRIPTOR, counted.sum, counted.packed, counted.size)
    written.push({ name, at, ...counted })
    at += header.length + counted.packed + 16
  }
  const entries = written.map(entryOf)
  yield* entries
  const bytes = entries.reduce((sum, { length }) => sum + length, 0)
  yield endOf(entries.length, bytes, at)
}

type Counted = { sum: number; packed: number; size: number }

/** The content packed, and counted. */
async function* deflated(text: PartToWrite['text'], counted: Counted): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw()
  const feeding = feed()
  // Whoever reads hears of it; here it only must not go unheard.
  feeding.catch((fault) => deflate.destroy(fault))
  for await (const chunk of deflate as AsyncIterable<Buffer>) {
    counted.packed += chunk.length
    yield chunk
  }
  await feeding

  async function feed(): Promise<void> {
    for await (const piece of text) {
      const bytes = Buffer.from(piece)
      counted.sum = crc32(bytes, counted.sum)
      counted.size += bytes.length
      if (deflate.destroyed) return
      // Taken only as fast as it is read; where nobody reads on, it ends with the stream.
      await new Promise<void>((taken) => deflate.write(bytes, () => taken()))
    }
    deflate.end()
  }
}

const numbers = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) buffer.writeUInt32LE(value, index * 4)
  return buffer
}

/** What a local header and an entry of the directory have in common, and the local header's end. */
function headerOf(sign: number, name: Buffer, { sum, packed, size }: Counted): Buffer {
  const buffer = Buffer.alloc(30)
  buffer.writeUInt32LE(sign, 0)
  buffer.writeUInt16LE(VERSION, 4)
  buffer.writeUInt16LE(FLAGS, 6)
  buffer.writeUInt16LE(DEFLATED, 8)
  buffer.writeUInt16LE(DATE, 12)
  numbers(sum, packed, size).copy(buffer, 14)
  buffer.writeUInt16LE(name.length, 26)
  return buffer
}

function entryOf({ name, at, ...counted }: Written): Buffer {
  const common = headerOf(LOCAL, name, counted).subarray(4, 28)
  const made = Buffer.alloc(6)
  made.writeUInt32LE(ENTRY, 0)
  made.writeUInt16LE(VERSION, 4)
  const rest = Buffer.alloc(16)
  rest.writeUInt32LE(at, 12)
  // Behind the name's length: of extra field and comment, the disk, two kinds of attributes, the place.
  return Buffer.concat([made, common, rest, name])
}

function endOf(count: number, bytes: number, at: number): Buffer {
  const buffer = Buffer.alloc(22)
  buffer.writeUInt32LE(END, 0)
  buffer.writeUInt16LE(count, 8)
  buffer.writeUInt16LE(count, 10)
  buffer.writeUInt32LE(bytes, 12)
  buffer.writeUInt32LE(at, 16)
  return buffer
}
