import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Finding } from '../../channels/plugin.ts'
import type { Config } from '../../config.ts'
import { drawsChinese } from '../../infra/pictures/picture.ts'
import { SERVICE_FOLDER } from '../open.ts'

const SMALL_DISK = 2 ** 30
const FULL_DISK = 100 * 2 ** 20
/** A service on this machine, or a proxy before it, answers at once. */
const PATIENCE_MS = 3000

/** What the service needs of the machine it runs on. */
export async function machineFindings(config: Config): Promise<Finding[]> {
  const { DATABASE_URL, DATA_DIR = SERVICE_FOLDER, SPOOL_DIR } = config
  const found = [
    await portFinding(config),
    await publicFinding(config.PUBLIC_URL),
    spoolFinding(SPOOL_DIR),
    await diskFinding(DATABASE_URL ? SPOOL_DIR : DATA_DIR),
    await typeFinding(),
  ]
  return found.filter((each) => each !== null)
}

/** Who answers there what every instance of the service answers to this question. */
async function whoAnswers(url: string): Promise<'service' | 'other' | 'nobody'> {
  try {
    const answer = await fetch(new URL('/healthz', url), {
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return (await answer.text()) === 'ok' ? 'service' : 'other'
  } catch (error) {
    // A refused connection, a name that is not known, silence; whatever else went wrong, something answered.
    const { name, cause } = error as { name?: string; cause?: { code?: unknown } }
    const isCut = typeof cause?.code === 'string' && cause.code.startsWith('E')
    return isCut || name === 'TimeoutError' ? 'nobody' : 'other'
  }
}

/** A port that another program has keeps the service from starting. */
async function portFinding({ HOST, PORT }: Config): Promise<Finding | null> {
  if (PORT === 0) return null
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST
  if ((await whoAnswers(`http://${host}:${PORT}`)) !== 'other') return null
  return {
    state: 'no',
    text: `端口 ${HOST}:${PORT} 被别的程序占用，服务起不来：请停掉它，或换一个 PORT。 Another program has the port ${HOST}:${PORT}, and the service cannot start: stop it, or set another PORT.`,
  }
}

/** Whether the pages answer by their public address; seen from here, which may be on the wrong side of it. */
async function publicFinding(url: string | undefined): Promise<Finding | null> {
  if (!url) return null
  const answers = await whoAnswers(url)
  if (answers === 'service') return { state: 'ok', text: `公开地址 pages: ${url}` }
  const [zh, en] =
    answers === 'other'
      ? ['回答的不是本服务', 'something else answers there']
      : ['没有回答', 'nobody answers there']
  return {
    state: 'note',
    text: `从本机访问 PUBLIC_URL ${url}，${zh}：请看服务是否在运行、域名和代理是否指向它，并从外面再试一次。 PUBLIC_URL ${url}: ${en}, asked from this machine. See whether the service runs and whether name and proxy lead to it, and try from outside.`,
  }
}

/** Where events go while the database does not answer. */
export function spoolFinding(folder: string): Finding | null {
  if (isWritable(nearest(folder))) return null
  return {
    state: 'no',
    text: `SPOOL_DIR ${folder} 写不了：数据库不通的时候，收到的消息没有地方存；请改目录或权限。 SPOOL_DIR ${folder} cannot be written to: while the database is away there is no place for what arrives. Set another folder, or mend its rights.`,
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}

async function diskFinding(folder: string): Promise<Finding | null> {
  const at = await statfs(nearest(folder)).catch(() => null)
  return at && spaceFinding(folder, at.bavail * at.bsize)
}

/** What to say of a disk with so many bytes left. */
export function spaceFinding(folder: string, free: number): Finding | null {
  if (free >= SMALL_DISK) return null
  const left = `${Math.floor(free / 2 ** 20)} MB`
  return {
    state: free < FULL_DISK ? 'no' : 'note',
    text: `${folder} 所在的磁盘只剩 ${left}：满了就什么也记不下；请腾出空间。 The disk of ${folder} has ${left} left: once it is full nothing can be written down. Make room.`,
  }
}

async function typeFinding(): Promise<Finding | null> {
  if (await drawsChinese().catch(() => false)) return null
  return {
    state: 'no',
    text: '图片里画不出中文：请重新安装（npm ci --omit=dev，不要加 --omit=optional）。 Pictures come out without Chinese: install anew (npm ci --omit=dev, without --omit=optional).',
  }
}

/** The folder, or the nearest above it that is there. */
function nearest(folder: string): string {
  let at = path.resolve(folder)
  while (!existsSync(at) && path.dirname(at) !== at) at = path.dirname(at)
  return at
}
