import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import type { Config } from '../../config.ts'
import { restoreBackup } from '../../infra/database/backup/restore-backup.ts'
import { writeBackup } from '../../infra/database/backup/write-backup.ts'
import { keyFileOf } from '../../infra/database/encryption/data-key.ts'
import { askForCopy } from '../../infra/database/folder/copies.ts'
import { FolderInUse } from '../../infra/database/folder/folder-lock.ts'
import type { BareDatabase } from '../../infra/database/migrate.ts'
import { barePglite } from '../../infra/database/pglite.ts'
import { barePostgres } from '../../infra/database/postgres.ts'
import { Fault } from '../fault.ts'
import { dataKeyOf, SERVICE_FOLDER } from '../open.ts'

/** Writes all that the database holds into a file that only its owner reads, while the service runs. */
export async function backup(config: Config, file: string): Promise<void> {
  if (existsSync(file)) {
    throw new Fault(
      `${file} 已经存在，不会覆盖；请换一个文件名。`,
      `${file} is there already and is not written over; name another file.`,
    )
  }
  const begun = `${file}.part`
  try {
    const rows = await from(config, (database) =>
      writeBackup(database, createWriteStream(begun, { mode: 0o600, flush: true })),
    )
    await rename(begun, file)
    const { size } = await stat(file)
    console.log(
      `已备份 ${rows} 行到 ${file}（${megabytes(size)} MB）。里面是全部客户资料，请加密存到别处；${keyOf(config).zh}不在里面，没有它备份读不出来，请与 .env 和 SPOOL_DIR 一起另存。\n` +
        `${rows} rows are in ${file} (${megabytes(size)} MB). It holds all that is known of clients: keep it encrypted and elsewhere. ${keyOf(config).en} is not in it, and without that it cannot be read: keep it with the settings and SPOOL_DIR apart from it.`,
    )
  } catch (error) {
    await rm(begun, { force: true })
    throw error
  }
}

/** Fills the database of the settings, in which nothing is yet, with what a backup holds. */
export async function restore(config: Config, file: string): Promise<void> {
  if (!existsSync(file)) throw new Fault(`没有文件 ${file}。`, `There is no file ${file}.`)
  const database = config.DATABASE_URL
    ? await barePostgres(config.DATABASE_URL)
    : await barePglite(config.DATA_DIR ?? SERVICE_FOLDER)
  try {
    const key = dataKeyOf(config, config.DATA_DIR ?? SERVICE_FOLDER)
    const { at, rows } = await restoreBackup(database, createReadStream(file), key)
    console.log(`已恢复 ${at} 的备份，共 ${rows} 行。 Restored the backup of ${at}, ${rows} rows.`)
  } finally {
    await database.close()
  }
}

/** Fills an empty PostgreSQL with all that the database of the settings holds, while the service runs. */
export async function exportTo(config: Config, url: string): Promise<void> {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Fault(
      '请写 PostgreSQL 的地址：export postgresql://用户@主机/库；口令放在环境变量 PGPASSWORD 里。',
      'Give the address of a PostgreSQL: export postgresql://user@host/database, with its password in PGPASSWORD.',
    )
  }
  const key = dataKeyOf(config, config.DATA_DIR ?? SERVICE_FOLDER)
  const target = await barePostgres(url)
  try {
    const { rows } = await from(config, async (source) => {
      const between = new PassThrough()
      const [restored] = await Promise.all([
        restoreBackup(target, between, key),
        writeBackup(source, between),
      ])
      return restored
    })
    console.log(
      `已把 ${rows} 行导入 PostgreSQL。服务在运行时这只是试导：正式改用时先停止服务，对一个空库再导一次，再设置 DATABASE_URL 和 ${keyOf(config).setting} 启动。\n` +
        `${rows} rows are in PostgreSQL now. While the service runs this is a rehearsal: to move, stop it, export once more to an empty database, set DATABASE_URL and ${keyOf(config).setting} and start.`,
    )
  } finally {
    await target.close()
  }
}

/** Asks the database of the settings as it stands; of an embedded one that is served, a copy. */
async function from<T>(config: Config, ask: (database: BareDatabase) => Promise<T>): Promise<T> {
  if (config.DATABASE_URL) return asked(await barePostgres(config.DATABASE_URL), ask)
  const folder = config.DATA_DIR ?? SERVICE_FOLDER
  if (!existsSync(path.join(folder, 'PG_VERSION'))) {
    throw new Fault(
      `${folder} 里没有数据库；请检查 DATA_DIR。`,
      `There is no database in ${folder}; look at DATA_DIR.`,
    )
  }
  try {
    return await asked(await barePglite(folder), ask)
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error
    const copy = await askForCopy(folder)
    if (!copy) throw error
    try {
      return await asked(await barePglite(copy, { flush: false }), ask)
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  }
}

const asked = <T>(
  database: BareDatabase,
  ask: (database: BareDatabase) => Promise<T>,
): Promise<T> => ask(database).finally(() => database.close())

/** Where the key is without which nothing of the database can be read, and how another database is given it. */
function keyOf({ DATA_KEY, DATABASE_URL, DATA_DIR }: Config) {
  if (DATA_KEY || DATABASE_URL) return { zh: 'DATA_KEY', en: 'DATA_KEY', setting: 'DATA_KEY' }
  const file = keyFileOf(DATA_DIR ?? SERVICE_FOLDER)
  return { zh: `密钥文件 ${file} `, en: `The key file ${file}`, setting: `DATA_KEY_FILE=${file}` }
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)
