import { randomBytes } from 'node:crypto'

// What is encrypted at rest is marked where a statement is given it, and becomes a ciphertext on its way to the
// database; ciphertexts become what they stand for on their way back (database.ts). So no store has a key, and a
// statement compares, joins and copies ciphertexts as they are.

/**
 * What is encrypted, each with the column whose name its ciphertexts are bound to, wherever they are copied; whether
 * they are found and compared by the whole text, and by its last four characters.
 */
export const SECRETS = {
  phone: { column: 'client_phone.number', found: true, tail: true },
  id: { column: 'client.id_number', found: true, tail: false },
  'credit-code': { column: 'client.credit_code', found: true, tail: false },
  /** What somebody wrote of a person; compared where a book brings what is on file. */
  note: { column: 'client_note.text', found: true, tail: false },
  /** The secret of an authenticator app. */
  totp: { column: 'second_factor.secret', found: false, tail: false },
  /** A key of the negative list that is not the one of now. */
  key: { column: 'setting.value', found: false, tail: false },
  /** Bytes: a photo, a document, a workbook. */
  file: { column: 'upload.bytes', found: false, tail: false },
  /** JSON as a whole. */
  document: { column: 'import_row.cells', found: false, tail: false },
} as const
export type SecretKind = keyof typeof SECRETS

/** Opens and ends what is marked, and every ciphertext: of Unicode's private use, which nobody types. */
export const [OPENS, ENDS] = ['\uE0C8', '\uE0C9']
/** Of this process, so that nobody outside can write a mark. */
const MARK = `${OPENS}${randomBytes(12).toString('base64url')}`
/** A mark, or what only looks like one. */
export const MARKED = new RegExp(
  `${MARK}\\.(?:(key|tail)/)?([a-z-]+)\\.([\\w-]*)${ENDS}|[${OPENS}${ENDS}]`,
  'g',
)

/** A marked document with its quotes. */
export const MARKED_DOCUMENT = new RegExp(`"${MARK}\\.document\\.([\\w-]*)${ENDS}"`, 'g')

const encoded = (text: string) => Buffer.from(text).toString('base64url')
const marked = (kind: string, text: string) => `${MARK}.${kind}.${encoded(text)}${ENDS}`

/** A value for a statement that is to be encrypted; null stays null, and nothing is nothing. */
export function secret(kind: SecretKind, text: string): string
export function secret(kind: SecretKind, text: string | null): string | null
export function secret(kind: SecretKind, text: string | null): string | null {
  return text ? marked(kind, text) : text
}

/** Any JSON, encrypted as a whole: for a place within JSON, where a text stands for it. */
export const secretDocument = (value: unknown): string => marked('document', JSON.stringify(value))

/** Bytes, as Base64 of what is kept: `decode(…, 'base64')`. */
export const secretFile = (bytes: Uint8Array): string =>
  `${MARK}.file.${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')}${ENDS}`

/** What a value is found by: `secret_key` of it in the database. */
export const secretKey = (kind: SecretKind, text: string): string => marked(`key/${kind}`, text)

/** The same of its last four characters: `tail_key`. */
export const secretTail = (kind: SecretKind, lastFour: string): string =>
  marked(`tail/${kind}`, lastFour)
