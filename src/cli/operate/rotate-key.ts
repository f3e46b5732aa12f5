import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Config } from '../../config.ts'
import { changeKey } from '../../features/risk/key.ts'
import { keyFileOf, keyIn } from '../../infra/database/encryption/data-key.ts'
import { wrapAnew } from '../../infra/database/encryption/kept-keys.ts'
import { type Rotating, rotate } from '../../infra/database/encryption/rotate.ts'
import type { Database } from '../../infra/database/index.ts'
import { NotUpToDate } from '../../infra/database/migrate.ts'
import { barePglite } from '../../infra/database/pglite.ts'
import { barePostgres } from '../../infra/database/postgres.ts'
import { Fault } from '../fault.ts'
import { dataKeyOf, openToLook, SERVICE_FOLDER } from '../open.ts'

const SAID: Readonly<Record<Parameters<Rotating['say']>[0], string>> = {
  'begun-before':
    '上次更换没有做完，接着做。 A change of key that was begun before is gone on with.',
  waits:
    '新密钥已存入，等一分多钟，让运行中的服务都读到它。 The new key is kept; all that serves reads it within a good minute.',
  encrypts:
    '正在用新密钥重新加密；中断了就再运行一次。 All is encrypted anew; where it is ended, say it again.',
}

/** Encrypts everything with a new key, while the service runs; with `hashes` what it is found by, too. */
export async function rotateKey(config: Config, hashes: boolean): Promise<void> {
  if (hashes) await demandAlone(config)
  const database = await openUpToDate(config)
  try {
    const { key } = dataKeyOf(config, config.DATA_DIR ?? SERVICE_FOLDER)
    if (!key || !database.encryption.keyring) {
      throw new Fault(
        '数据库还没有加密；先启动一次服务。',
        'The database is not encrypted yet; start the service once.',
      )
    }
    const beside = database.kind === 'postgres' && !hashes
    const rows = await rotate(database, {
      key,
      beside,
      hashes,
      say: (what) => console.log(SAID[what]),
    })
    console.log(
      `已用新密钥重新加密 ${rows} 行。更换之前的备份仍用同一个 DATA_KEY 恢复。 ${rows} rows are encrypted with the new key. Backups of before are restored with the same DATA_KEY.`,
    )
  } finally {
    await database.close()
  }
}

/** Wraps the keys in the DATA_KEY of a file in place of the one of the settings. */
export async function wrapKeys(config: Config, file: string): Promise<void> {
  const after = keyIn(file)
  const folder = config.DATA_DIR ?? SERVICE_FOLDER
  const { key: before } = dataKeyOf(config, folder)
  if (!before) throw new Fault('没有找到现在的 DATA_KEY。', 'The DATA_KEY of now was not found.')
  const database = config.DATABASE_URL
    ? await barePostgres(config.DATABASE_URL)
    : await barePglite(folder)
  try {
    await database.inTransaction((tx) => wrapAnew(tx, before, after))
  } finally {
    await database.close()
  }
  if (!config.DATA_KEY && !config.DATABASE_URL) {
    const beside = keyFileOf(folder)
    writeFileSync(`${beside}.new`, `${after.toString('base64')}\n`, { mode: 0o600, flush: true })
    renameSync(`${beside}.new`, beside)
    console.log(`密钥文件 ${beside} 已换成新的。 The key file ${beside} is the new one.`)
    return
  }
  console.log(
    `从现在起 DATA_KEY 是 ${file} 里的：请改好设置，把所有服务逐个重启，再运行 rotate-key。备份用做备份时的 DATA_KEY 恢复，旧的先留着。 ` +
      `From now on DATA_KEY is the one in ${file}: set it, start every service anew, one after the other, then rotate-key. A backup is restored with the DATA_KEY of its day: keep the old one as long.`,
  )
}

/** Hashes the negative list again, with the key in a file. */
export async function rotateNegativeKey(config: Config, file: string): Promise<void> {
  const after = readFileSync(file, 'utf8').trim()
  if (after.length < 16) {
    throw new Fault(
      `${file} 里的密钥太短，至少 16 个字符。`,
      `The key in ${file} is too short; it needs at least 16 characters.`,
    )
  }
  await demandAlone(config)
  const database = await openUpToDate(config)
  try {
    const count = await changeKey(database, config.NEGATIVE_LIST_KEY ?? null, after)
    console.log(
      `负面清单等 ${count} 个散列已换成新密钥：请把 NEGATIVE_LIST_KEY 设为 ${file} 里的内容，再启动服务。 ` +
        `${count} hashes of the negative list are under the new key: set NEGATIVE_LIST_KEY to what is in ${file}, and start.`,
    )
  } finally {
    await database.close()
  }
}

/** Throws where there is no database yet, or one that an older version left. */
async function openUpToDate(config: Config): Promise<Database> {
  try {
    return await openToLook(config)
  } catch (error) {
    if (!(error instanceof NotUpToDate)) throw error
    throw new Fault(
      '数据库还没有升级到本版本；请先用本版本启动一次服务，再更换密钥。',
      'The database is not of this version yet; start the service of this version once, then change the key.',
    )
  }
}

/** Throws where another process has the database open. */
async function demandAlone({ DATABASE_URL }: Config): Promise<void> {
  // The lock of an embedded one's folder sees to that.
  if (!DATABASE_URL) return
  const database = await barePostgres(DATABASE_URL)
  try {
    const [others] = await database.inTransaction((tx) =>
      tx.rows<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
      ),
    )
    if (others?.count) {
      throw new Fault(
        `还有 ${others.count} 个连接在用数据库。换查找用的密钥时谁也查不到人：请先停掉所有服务。`,
        `${others.count} connections use the database. While keyed hashes change nobody is found by them: stop every service before.`,
      )
    }
  } finally {
    await database.close()
  }
}
