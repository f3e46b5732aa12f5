import { once } from 'node:events'
import { constants } from 'node:fs'
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import type { PGlite } from '@electric-sql/pglite'
import { z } from 'zod'
import { NOT_COPIED, SOCKET } from './folder-lock.ts'

// Whoever has an embedded database open is the only one who can say that nothing is being written. Others ask
// it, by a socket in the folder, for a copy of the folder, and take their time over that.

/** Where the system has no sockets in folders, they have names of their own. */
const socketOf = (folder: string): string =>
  process.platform === 'win32'
    ? path.join('\\\\.\\pipe', path.resolve(folder, SOCKET))
    : shorter(path.resolve(folder, SOCKET), path.relative('', path.join(folder, SOCKET)))
/** A socket's path may have about a hundred bytes. */
const shorter = (one: string, other: string): string => (other.length < one.length ? other : one)

const said = z.union([z.object({ copy: z.string() }), z.object({ fault: z.string() })])

/** Answers each who connects with a new copy beside the folder; nothing is written meanwhile. */
export async function serveCopies(
  folder: string,
  pglite: PGlite,
): Promise<{ stop(): Promise<void> } | null> {
  const asked = new Set<Socket>()
  const server = createServer((socket) => {
    asked.add(socket)
    socket.on('error', () => {}).on('close', () => asked.delete(socket))
    pglite
      .runExclusive(() => copyOf(folder))
      .then(
        (copy) => ({ copy }),
        (error) => ({ fault: error instanceof Error ? error.message : String(error) }),
      )
      .then((answer) => socket.end(JSON.stringify(answer)))
  })
  const socket = socketOf(folder)
  // What a killed process left; the folder's lock says that nobody listens there.
  await rm(socket, { force: true }).catch(() => {})
  try {
    server.listen(socket)
    await once(server, 'listening')
  } catch {
    // Too long a path, or a file system without sockets: then a backup is made while the service stands.
    return null
  }
  server.unref()
  return {
    async stop() {
      for (const each of asked) each.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A copy made while nothing is written is what a crash would leave, which PostgreSQL mends by itself. */
async function copyOf(folder: string): Promise<string> {
  const copy = await mkdtemp(`${await realpath(folder)}.copy-`)
  try {
    await cp(folder, copy, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (source) => !NOT_COPIED.includes(path.basename(source)),
    })
    return copy
  } catch (error) {
    await rm(copy, { recursive: true, force: true })
    throw error
  }
}

/** Asks the process that has the folder open for a copy of it; null: nobody answers there. */
export async function askForCopy(folder: string): Promise<string | null> {
  const socket = connect(socketOf(folder))
  try {
    await once(socket, 'connect')
  } catch {
    return null
  }
  const answer = said.parse(JSON.parse(await text(socket)))
  if ('fault' in answer) throw new Error(answer.fault)
  return answer.copy
}
