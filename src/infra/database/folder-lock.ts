import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Another process holds the folder; `pid` is its number where it answered. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
  constructor(folder: string, pid: string) {
    super(
      `数据目录 ${folder} 正被另一个进程使用(PID ${pid}),请先停止它。 ` +
        `The database folder ${folder} is in use by process ${pid}; stop it first.`,
    )
  }
}

/**
 * Lets one process at a time open a folder: two PGlites on one folder lose rows silently.
 * The lock is a listening socket, which the kernel drops with the process, so that kill -9 leaves
 * nothing behind. Throws `FolderInUse`; resolves to the release.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const address = socketOf(path.resolve(folder))
  for (let attempt = 0; ; attempt++) {
    const server = net.createServer((socket) => socket.end(String(process.pid)))
    const fault = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve)
      server.listen(address, () => resolve(null))
    })
    if (!fault) {
      server.unref()
      return () => new Promise((resolve) => server.close(() => resolve()))
    }
    if (fault.code !== 'EADDRINUSE' || attempt > 2) throw fault
    const owner = await ask(address)
    if (owner !== null) throw new FolderInUse(folder, owner)
    rmSync(address, { force: true })
  }
}

function socketOf(folder: string): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\chenhui-${key}`
    : path.join(tmpdir(), `chenhui-${key}.sock`)
}

/** The number of the process that listens there; null when nobody does. */
function ask(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = net
      .connect(address)
      .on('data', (bytes) => {
        answer += bytes
      })
      .on('end', () => resolve(answer))
      .on('error', () => resolve(null))
    socket.setTimeout(2000, () => {
      socket.destroy()
      resolve('?')
    })
  })
}
