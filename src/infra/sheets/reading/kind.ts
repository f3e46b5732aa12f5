import { SpreadsheetFault } from './limits.ts'

const ZIP = [0x50, 0x4b, 0x03, 0x04]
/** The container of .xls, and of an .xlsx that opens with a password (MS-CFB). */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0]
/** In a compound file, the name of what a password closes; in UTF-16. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')
/** Names of text tables; what stands in them is text, a NUL in a cell included. */
const TEXT_NAME = /\.(?:csv|tsv|txt)(?:\(\d+\))?$/i
/** Names that a program may have given a text table by mistake. */
const OTHER_NAME = /\.(?:xlsx?|et)(?:\(\d+\))?$|^[^.]*$/i
/** A control character that no text has. */
const isBinary = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32)
const WEB_PAGE = /^\s*<(?:!doctype html|html|head|body|table|meta|style|\?xml)/i
const HEAD_BYTES = 4096

const begins = (bytes: Uint8Array, sign: readonly number[]): boolean =>
  sign.every((byte, at) => bytes[at] === byte)

/** A zip file, in which a workbook may be. */
export const isZip = (bytes: Uint8Array): boolean => begins(bytes, ZIP)

/**
 * What a file is, by its content: names lie. Throws `SpreadsheetFault` where it is no table that can
 * be read.
 */
export function kindOf(name: string, bytes: Uint8Array): 'workbook' | 'text' {
  if (bytes.length === 0) throw new SpreadsheetFault('empty')
  if (isZip(bytes)) return 'workbook'
  if (begins(bytes, COMPOUND)) {
    throw new SpreadsheetFault(Buffer.from(bytes).includes(ENCRYPTED) ? 'password' : 'kind')
  }
  const head = bytes.subarray(0, HEAD_BYTES)
  const isWide = begins(bytes, [0xff, 0xfe]) || begins(bytes, [0xfe, 0xff])
  const mayBeText = OTHER_NAME.test(name) && (isWide || !head.some(isBinary))
  if (!TEXT_NAME.test(name) && !mayBeText) throw new SpreadsheetFault('kind')
  if (WEB_PAGE.test(Buffer.from(head).toString('latin1'))) throw new SpreadsheetFault('web-page')
  return 'text'
}
