import { readFile, statfs } from 'node:fs/promises'
import path from 'node:path'

/** The PostgreSQL that the embedded database is: a folder of another cannot be opened. */
const POSTGRES_MAJOR = '18'
/** With less the embedded database may not come up: its log alone takes 16 MB at a time. */
const LEAST_FREE_BYTES = 64 * 2 ** 20

/** The folder of the embedded database cannot be opened, and why. */
export class FolderFault extends Error {
  override readonly name = 'FolderFault'
  constructor(zh: string, en: string, cause: unknown) {
    super(`${zh} ${en}`, { cause })
  }
}

/** What is wrong with a folder that could not be opened, as a sentence. */
export async function folderFault(folder: string, cause: unknown): Promise<FolderFault> {
  const code = codeOf(cause)
  const fault = (zh: string, en: string) => new FolderFault(zh, en, cause)
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return fault(
      `数据目录 ${folder} 不是目录，是一个文件；请把 DATA_DIR 设为目录。`,
      `${folder} is a file and no folder; set DATA_DIR to a folder.`,
    )
  }
  if (code === 'ENOSPC' || (await freeBytes(folder)) < LEAST_FREE_BYTES) {
    return fault(
      `数据目录 ${folder} 所在的磁盘满了，请腾出空间后再启动。`,
      `The disk of ${folder} is full; make room and start again.`,
    )
  }
  if (code && ['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return fault(
      `数据目录 ${folder} 不能写，请检查所有者和权限，或换一个 DATA_DIR。`,
      `The folder ${folder} cannot be written to; mend its owner and rights, or set another DATA_DIR.`,
    )
  }
  const major = (await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (/^[\d.]+$/.test(major) && major !== POSTGRES_MAJOR) {
    return fault(
      `数据目录 ${folder} 属于 PostgreSQL ${major}，本程序用 ${POSTGRES_MAJOR}，打不开；请用原来的版本，或换一个 DATA_DIR。`,
      `The folder ${folder} is of PostgreSQL ${major}, and this program is ${POSTGRES_MAJOR}; use the version that made it, or set another DATA_DIR.`,
    )
  }
  return fault(
    `数据目录 ${folder} 打不开，文件可能已损坏（例如断电）；请先留一份副本，再用备份恢复，或换一个 DATA_DIR。`,
    `The folder ${folder} does not open, and may be damaged (by a power loss, say); keep a copy, then restore a backup, or set another DATA_DIR.`,
  )
}

/** SQLite says by number what keeps a file from being opened or written. */
const SQLITE_CODES: Readonly<Record<number, string>> = { 8: 'EROFS', 13: 'ENOSPC', 14: 'EACCES' }

function codeOf(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null
  if ('errcode' in cause) return SQLITE_CODES[Number(cause.errcode) & 0xff] ?? null
  return 'code' in cause ? String(cause.code) : null
}

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
