import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { DatabaseFault } from '../fault.ts'
import { ENDS, OPENS, SECRETS, type SecretKind } from './secret.ts'

/** AES-256-GCM. Another algorithm has another letter, and old values are read on by theirs. */
const ALGORITHM = 'A'
const NONCE = 12
const TAG = 16
/** Characters by which a number is found when only its end is known. */
const TAIL = 4

/** Bytes at the beginning of a file in which its head ends. */
const MOST_OF_HEAD = 20

/** A value in the database that this key cannot have written: changed, or of another bank. */
export class CiphertextFault extends DatabaseFault {
  override readonly name = 'CiphertextFault'
  constructor() {
    super(
      '数据库里有一个值解不开：被改动过，或不是用这个密钥加密的。 A value in the database cannot be decrypted: it was changed, or encrypted with another key.',
    )
  }
}

/**
 * The keys of a bank. A ciphertext is `algorithm.key.kind.hash.tail.body`, of one length for one length of text; by
 * hash and tail the database finds it (`secret_key`, `tail_key`). What is found is encrypted the same each time: its
 * nonce is part of its keyed hash, so that two texts have never the same one under a key.
 */
export class Keyring {
  /** As key objects: of bytes Node would make one for each value. */
  readonly #keys: ReadonlyMap<number, KeyObject>
  /** The one that encrypts: the newest in force. */
  readonly current: number
  /** The same, unless one was added a moment ago. */
  readonly newest: number
  readonly #lookup: KeyObject

  constructor(
    keys: ReadonlyMap<number, Buffer>,
    lookup: Buffer,
    current = Math.max(...keys.keys()),
  ) {
    this.#keys = new Map([...keys].map(([id, key]) => [id, createSecretKey(key)]))
    this.current = current
    this.newest = Math.max(...keys.keys())
    this.#lookup = createSecretKey(lookup)
  }

  #hash(kind: string, text: string, bytes: number): Buffer {
    return createHmac('sha256', this.#lookup).update(`${kind}\n${text}`).digest().subarray(0, bytes)
  }

  key(kind: SecretKind, text: string): string {
    return this.#hash(kind, text, 16).toString('base64url')
  }

  tail(kind: SecretKind, lastFour: string): string {
    return this.#hash(`${kind} tail`, lastFour, 6).toString('base64url')
  }

  encrypt(kind: SecretKind, text: string): string {
    const { found, tail: ends } = SECRETS[kind]
    const hash = found ? this.#hash(kind, text, 16) : null
    const nonce = hash?.subarray(0, NONCE) ?? randomBytes(NONCE)
    const tail = ends ? this.tail(kind, text.slice(-TAIL)) : ''
    const head = [ALGORITHM, this.current, kind, hash?.toString('base64url') ?? '', tail].join('.')
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(this.current), nonce)
    cipher.setAAD(bound(head, kind))
    const body = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
    const all = Buffer.concat(hash ? body : [nonce, ...body])
    return `${OPENS}${head}.${all.toString('base64url')}${ENDS}`
  }

  /** Of a ciphertext without what opens and ends it. Throws `CiphertextFault`. */
  decrypt(ciphertext: string): string {
    const at = ciphertext.lastIndexOf('.')
    const head = ciphertext.slice(0, at)
    const [algorithm, id, kind = '', hash = ''] = head.split('.')
    if (algorithm !== ALGORITHM || !isKind(kind)) throw new CiphertextFault()
    const body = Buffer.from(ciphertext.slice(at + 1), 'base64url')
    const { found } = SECRETS[kind]
    const from = found ? 0 : NONCE
    const nonce = (found ? Buffer.from(hash, 'base64url') : body).subarray(0, NONCE)
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(Number(id)), nonce)
      decipher.setAAD(bound(head, kind))
      decipher.setAuthTag(body.subarray(-TAG))
      return decipher.update(body.subarray(from, -TAG), undefined, 'utf8') + decipher.final('utf8')
    } catch {
      throw new CiphertextFault()
    }
  }

  /** A file begins as a ciphertext does; its body is not in Base64. */
  encryptFile(bytes: Buffer): Buffer {
    const head = [ALGORITHM, this.current, 'file', '', ''].join('.')
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(this.current), nonce)
    cipher.setAAD(bound(head, 'file'))
    const body = [cipher.update(bytes), cipher.final(), cipher.getAuthTag()]
    return Buffer.concat([Buffer.from(`${OPENS}${head}.`), nonce, ...body])
  }

  /** Of a file without what opens it. Throws `CiphertextFault`. */
  decryptFile(bytes: Buffer): Buffer {
    const head = bytes.toString('latin1', 0, MOST_OF_HEAD).match(/^([A-Z])\.(\d+)\.file\.\./)
    if (head?.[1] !== ALGORITHM) throw new CiphertextFault()
    const body = bytes.subarray(head[0].length + 1)
    try {
      const key = this.#keyOf(Number(head[2]))
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE))
      decipher.setAAD(bound(head[0], 'file'))
      decipher.setAuthTag(body.subarray(-TAG))
      return Buffer.concat([decipher.update(body.subarray(NONCE, -TAG)), decipher.final()])
    } catch {
      throw new CiphertextFault()
    }
  }

  #keyOf(id: number): KeyObject {
    const key = this.#keys.get(id)
    if (!key) throw new CiphertextFault()
    return key
  }
}

const isKind = (kind: string): kind is SecretKind => Object.hasOwn(SECRETS, kind)

const bound = (head: string, kind: SecretKind): Buffer =>
  Buffer.from(`${head} ${SECRETS[kind].column}`)
