import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { LIMITS, SpreadsheetFault } from './limits.ts'

/** A part of a workbook as the file's directory names it. */
export interface Part {
  readonly name: string
  readonly method: number
  readonly packed: Uint8Array
  /** Of what it inflates to. */
  readonly crc: number
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
/** The directory's end is looked for in this many last bytes: itself, and a comment of at most 64 kB. */
const TAIL_BYTES = 22 + 65_535
const STORED = 0
const DEFLATED = 8
/** Bit of an entry whose content is encrypted. */
const ENCRYPTED = 1

/**
 * The parts that a zip file's directory lists (PKWARE APPNOTE 4.3), nothing inflated yet. Throws
 * `SpreadsheetFault` where it is no whole zip file.
 */
export function partsOf(bytes: Uint8Array): Part[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(file)
  const count = file.readUInt16LE(end + 10)
  if (count > LIMITS.parts) throw new SpreadsheetFault('too-heavy')
  const parts: Part[] = []
  let at = file.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || file.readUInt32LE(at) !== ENTRY) throw new SpreadsheetFault('broken')
    if (file.readUInt16LE(at + 8) & ENCRYPTED) throw new SpreadsheetFault('password')
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) =>
      file.readUInt16LE(at + offset),
    ) as [number, number, number]
    const name = file.toString('utf8', at + 46, at + 46 + nameBytes).replaceAll('\\', '/')
    const method = file.readUInt16LE(at + 10)
    const extra = file.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes)
    const { length, header } = placeOf(file, at, extra)
    const packed = packedOf(file, header, length)
    parts.push({ name, method, packed, crc: file.readUInt32LE(at + 16) })
    at += 46 + nameBytes + extraBytes + commentBytes
  }
  return parts
}

function endOf(file: Buffer): number {
  for (let at = file.length - 22; at >= Math.max(0, file.length - TAIL_BYTES); at--) {
    if (file.readUInt32LE(at) === END) return at
  }
  throw new SpreadsheetFault('broken')
}

/** What stands in place of a number of more than 32 bits, which is in an extra field then. */
const WIDE = 0xffffffff
const ZIP64 = 1

/** How long an entry's packed bytes are and where its header is (4.5.3: also where they are ZIP64). */
function placeOf(file: Buffer, at: number, extra: Buffer): { length: number; header: number } {
  const [inflatedBytes, length, header] = [24, 20, 42].map((offset) =>
    file.readUInt32LE(at + offset),
  ) as [number, number, number]
  if (![inflatedBytes, length, header].includes(WIDE)) return { length, header }
  let from = 0
  while (from + 4 <= extra.length && extra.readUInt16LE(from) !== ZIP64) {
    from += 4 + extra.readUInt16LE(from + 2)
  }
  from += 4
  const [, wideLength, wideHeader] = [inflatedBytes, length, header].map((short) => {
    if (short !== WIDE) return short
    if (from + 8 > extra.length) throw new SpreadsheetFault('broken')
    from += 8
    return Number(extra.readBigUInt64LE(from - 8))
  }) as [number, number, number]
  return { length: wideLength, header: wideHeader }
}

/** The packed bytes of an entry, which begin behind its own header. */
function packedOf(file: Buffer, header: number, length: number): Uint8Array {
  if (header + 30 > file.length || file.readUInt32LE(header) !== LOCAL) {
    throw new SpreadsheetFault('broken')
  }
  const from = header + 30 + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28)
  if (from + length > file.length) throw new SpreadsheetFault('broken')
  return file.subarray(from, from + length)
}

/**
 * A part inflated, counted while it inflates: what the directory says of sizes is not believed.
 * Throws `SpreadsheetFault` beyond `most` bytes, and where the part is damaged.
 */
export function inflated(part: Part, most: number): Buffer {
  const bytes = unpacked(part, most)
  if (crc32(bytes) !== part.crc) throw new SpreadsheetFault('broken')
  return bytes
}

/** Inflated a piece at a time, so that a large part is never held whole. */
const PIECE_BYTES = 64 * 1024

/** The same in pieces, none of which is kept. Throws like `inflated`, after the pieces before the fault. */
export async function* inflating(part: Part, most: number): AsyncGenerator<Buffer> {
  let [length, crc] = [0, 0]
  for await (const piece of pieces(part)) {
    length += piece.length
    if (length > most) throw new SpreadsheetFault('too-heavy')
    crc = crc32(piece, crc)
    yield piece
  }
  if (crc !== part.crc) throw new SpreadsheetFault('broken')
}

async function* pieces({ method, packed }: Part): AsyncGenerator<Buffer> {
  if (method === STORED) {
    for (let at = 0; at < packed.length; at += PIECE_BYTES) {
      yield Buffer.from(packed.subarray(at, at + PIECE_BYTES))
    }
    return
  }
  if (method !== DEFLATED) throw new SpreadsheetFault('broken')
  const stream = createInflateRaw({ chunkSize: PIECE_BYTES })
  stream.end(packed)
  try {
    for await (const piece of stream) yield piece
  } catch {
    throw new SpreadsheetFault('broken')
  }
}

function unpacked({ method, packed }: Part, most: number): Buffer {
  if (method === STORED) {
    if (packed.length > most) throw new SpreadsheetFault('too-heavy')
    return Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength)
  }
  if (method !== DEFLATED) throw new SpreadsheetFault('broken')
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new SpreadsheetFault(tooLarge ? 'too-heavy' : 'broken')
  }
}
