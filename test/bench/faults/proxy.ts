import { once } from 'node:events'
import net, { type Server, type Socket } from 'node:net'

/** A way to a service that can be cut, so that the service is away, and mended. */
export interface Way {
  /** The address to use instead of the service's own. */
  readonly url: string
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

export async function openProxy(to: string): Promise<Way> {
  const target = new URL(to)
  const sockets = new Set<Socket>()
  const server = net.createServer((socket) => {
    const beyond = net.connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  const port = await listenBelow(server)
  const url = new URL(to)
  url.port = `${port}`

  async function cut(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }

  return {
    url: url.href.replace(/\/$/, to.endsWith('/') ? '/' : ''),
    cut,
    async mend() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    close: cut,
  }
}

/** Ports below those that connections going out are given: nobody takes it while the way is cut. */
const LOWEST = 10_000
const PORTS = 20_000

/** Listens on one that is free; resolves to it. */
async function listenBelow(server: Server): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * PORTS)
    server.listen(port, '127.0.0.1')
    const listening = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (listening) return port
  }
}
