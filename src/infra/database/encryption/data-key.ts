import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseFault } from '../fault.ts'

/** The key of the data is missing, or is another bank's. */
export class DataKeyFault extends DatabaseFault {
  override readonly name = 'DataKeyFault'
  constructor(zh: string, en: string) {
    super(`${zh} ${en}`)
  }
}

/** Where the bank keeps the key that its keys in the database are wrapped in. */
export interface DataKey {
  /** 32 bytes; null: there is none yet. */
  readonly key: Buffer | null
  /** For a database that has no keys; throws `DataKeyFault` where it is not for us to make one. */
  make(): Buffer
}

/** 32 bytes as `DATA_KEY` has them: 64 hexadecimal digits, or Base64. */
export const DATA_KEY = /^(?:[\da-f]{64}|[\w+/-]{43}=?)$/i

export const bytesOfKey = (text: string): Buffer =>
  Buffer.from(text, /^[\da-f]{64}$/i.test(text) ? 'hex' : 'base64')

/** The key that the environment gives; there is no other. */
export const givenKey = (text: string | null): DataKey => ({
  key: text === null ? null : bytesOfKey(text),
  make() {
    throw new DataKeyFault(
      '没有设置 DATA_KEY，手机号、证件号、信用代码无法加密存放，服务没有启动。请用 openssl rand -base64 32 生成一个，设为 DATA_KEY 或写入 DATA_KEY_FILE 所指的文件，另行妥善备份：丢了它，数据就读不出来。',
      'DATA_KEY is not set, so phones, ID numbers and credit codes cannot be encrypted, and nothing was started. Make one with openssl rand -base64 32, set it as DATA_KEY or put it in the file of DATA_KEY_FILE, and keep a copy apart: without it the data cannot be read.',
    )
  },
})

/** Where the key of an embedded database in a folder is, unless it is set. */
export const keyFileOf = (folder: string): string => `${folder.replace(/[/\\]+$/, '')}.key`

/** The key beside the folder of an embedded database, which nobody but its owner may read; made when it is needed. */
export function keyBeside(folder: string): DataKey {
  const file = keyFileOf(folder)
  const key = readKey(file)
  return {
    key,
    make() {
      const fresh = randomBytes(32)
      writeFileSync(file, `${fresh.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
      return fresh
    },
  }
}

/** The key that stands in a file, which must be there. */
export function keyIn(file: string): Buffer {
  const key = readKey(file)
  if (key) return key
  throw new DataKeyFault(`没有密钥文件 ${file}。`, `There is no key file ${file}.`)
}

function readKey(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new DataKeyFault(`读不了密钥文件 ${file}。`, `The key file ${file} cannot be read.`)
  }
  if (DATA_KEY.test(text)) return bytesOfKey(text)
  throw new DataKeyFault(
    `密钥文件 ${file} 的内容不是密钥（32 字节的 Base64）。`,
    `What is in ${file} is no key (32 bytes in Base64).`,
  )
}
