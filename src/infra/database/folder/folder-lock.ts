import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

const holder = z.object({ pid: z.int(), host: z.string().max(255), since: z.string().max(40) })
type Holder = z.infer<typeof holder>

/** Somebody else has the folder open. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
  constructor(folder: string, by: Holder | null) {
    super(
      by
        ? `数据目录 ${folder} 正被另一个进程使用（PID ${by.pid}，主机 ${by.host}，${by.since} 起），请先停止它。 ` +
            `The database folder ${folder} is in use by process ${by.pid} on ${by.host} since ${by.since}; stop it first.`
        : `数据目录 ${folder} 正被另一个进程使用，请先停止它。 ` +
            `The database folder ${folder} is in use by another process; stop it first.`,
    )
  }
}

/** Two files in the folder: the one that is locked, and who holds it. */
const LOCK = 'chenhui.lock'
const HOLDER = 'chenhui.holder.json'
/** The socket of `copies.ts` beside them. */
export const SOCKET = 'chenhui.sock'
/** What is no part of the database; the journal of the lock comes and goes as others try to take it. */
export const NOT_COPIED: readonly string[] = [LOCK, `${LOCK}-journal`, HOLDER, SOCKET]

/** SQLite's code for a file that another process has locked. */
const SQLITE_BUSY = 5

/** Folders locked by this process, by device and inode: the kernel's lock does not tell it from itself. */
const own = new Set<string>()

/**
 * Lets one process at a time open a folder: two PGlites on one folder lose rows silently. The lock is
 * the kernel's own on a file in the folder, taken by SQLite, as Node has no other way to it: it goes
 * with its process, kill -9 included, and holds by whatever path, `TMPDIR` or container the folder is
 * reached. Throws `FolderInUse`; returns the release.
 */
export function lockFolder(folder: string): () => void {
  const { dev, ino } = statSync(folder, { bigint: true })
  const key = `${dev}:${ino}`
  if (own.has(key)) throw new FolderInUse(folder, holderOf(folder))
  const lock = new DatabaseSync(path.join(folder, LOCK), { timeout: 0 })
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw new FolderInUse(folder, holderOf(folder))
    }
    throw error
  }
  own.add(key)
  const by: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  writeFileSync(path.join(folder, HOLDER), JSON.stringify(by))
  return () => {
    rmSync(path.join(folder, HOLDER), { force: true })
    own.delete(key)
    lock.close()
  }
}

/** Who says to hold the folder; null where nobody does legibly. */
function holderOf(folder: string): Holder | null {
  try {
    return holder.parse(JSON.parse(readFileSync(path.join(folder, HOLDER), 'utf8')))
  } catch {
    return null
  }
}
