import type { Keyring } from './keyring.ts'
import { ENDS, MARKED, MARKED_DOCUMENT, OPENS, type SecretKind } from './secret.ts'

const CIPHERTEXT = new RegExp(`${OPENS}([^${ENDS}]*)${ENDS}`, 'g')
/** A document stands in JSON as a text does, and takes its quotes along. */
const IN_JSON = new RegExp(
  `"${OPENS}([^${ENDS}]*\\.document\\.[^${ENDS}]*)${ENDS}"|${CIPHERTEXT.source}`,
  'g',
)

/** What stands between statements and a database that is encrypted; without keys, one that is not. */
export class Encryption {
  keyring: Keyring | null = null

  /** A value on its way to the database: what is marked becomes a ciphertext, and nothing else looks like one. */
  write(text: string): string {
    if (!text.includes(OPENS)) return text
    if (!this.keyring) return inClear(text)
    const { keyring } = this
    return text.replace(MARKED, (_, by?: 'key' | 'tail', kind?: SecretKind, encoded?: string) => {
      if (kind === undefined || encoded === undefined) return ''
      if (kind === 'file') return keyring.encryptFile(bytesOf(encoded)).toString('base64')
      return keyring[by ?? 'encrypt'](kind, decoded(encoded))
    })
  }

  /** A value on its way back. */
  readonly readText = (text: string): string =>
    text.includes(OPENS) ? text.replace(CIPHERTEXT, (_, each: string) => this.#plain(each)) : text

  readonly readJson = (text: string): string =>
    text.includes(OPENS)
      ? text.replace(IN_JSON, (_, document?: string, value?: string) =>
          document === undefined ? escaped(this.#plain(`${value}`)) : this.#plain(document),
        )
      : text

  #plain(ciphertext: string): string {
    if (!this.keyring) return ciphertext
    // As `file_base64` gives it.
    return ciphertext.startsWith('=')
      ? this.keyring.decryptFile(Buffer.from(ciphertext.slice(1), 'base64')).toString('base64')
      : this.keyring.decrypt(ciphertext)
  }
}

/** What is marked as it is, for a database that is not encrypted. */
const inClear = (text: string): string =>
  text
    .replace(MARKED_DOCUMENT, (_, encoded: string) => decoded(encoded))
    .replace(MARKED, (mark, _by?: string, kind?: string, encoded?: string) => {
      if (encoded === undefined) return ''
      if (kind === 'file') return bytesOf(encoded).toString('base64')
      return mark === text ? decoded(encoded) : escaped(decoded(encoded))
    })

const bytesOf = (encoded: string): Buffer => Buffer.from(encoded, 'base64url')

const decoded = (encoded: string): string => bytesOf(encoded).toString('utf8')

/** As it stands between the quotes of a JSON text, and of an element of an array. */
const escaped = (text: string) => JSON.stringify(text).slice(1, -1)
