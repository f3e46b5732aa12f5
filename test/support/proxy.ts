import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'

/** A way to a server of this machine that can be cut, closed, and made to swallow. */
export interface Way {
  readonly url: string
  /** Connections there are, those whose packets are swallowed too. */
  count(): number
  /** Whatever is sent over the connections of now is swallowed, without a word; new ones pass. */
  swallow(): void
  /** Whatever is sent is swallowed, over new connections too, until `mend`. */
  part(): void
  mend(): void
  /** Ends the connections of now with a reset. */
  cut(): void
  /** New connections go to another server of this machine. */
  turnTo(url: string): void
  /** Resets every connection as soon as so many bytes have come from the server; null: none. */
  cutAfter(bytes: number | null): void
  close(): Promise<void>
}

export async function openProxy(url: string, port = 0): Promise<Way> {
  let target = new URL(url)
  let parted = false
  const pairs = new Set<{ near: net.Socket; far: net.Socket; swallowed: boolean }>()
  let limit: number | null = null
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname)
    const pair = { near, far, swallowed: parted }
    pairs.add(pair)
    let seen = 0
    near.on('data', (bytes) => void (pair.swallowed || far.write(bytes)))
    far.on('data', (bytes) => {
      seen += bytes.length
      if (limit !== null && seen > limit) {
        near.resetAndDestroy()
        far.resetAndDestroy()
      } else if (!pair.swallowed) near.write(bytes)
    })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => {})
      // The end of a swallowed one is not heard on the other side either.
      one.on('close', () => {
        if (!pair.swallowed) other.destroy()
        if (near.destroyed) pairs.delete(pair)
      })
    }
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const own = new URL(url)
  own.searchParams.delete('host')
  own.hostname = '127.0.0.1'
  own.port = String((server.address() as AddressInfo).port)
  return {
    url: own.href,
    count: () => pairs.size,
    swallow() {
      for (const pair of pairs) pair.swallowed = true
    },
    part() {
      parted = true
      for (const pair of pairs) pair.swallowed = true
    },
    mend() {
      parted = false
    },
    turnTo(other) {
      target = new URL(other)
    },
    cut() {
      for (const { near, far } of pairs) {
        near.resetAndDestroy()
        far.resetAndDestroy()
      }
    },
    cutAfter(bytes) {
      limit = bytes
    },
    async close() {
      if (!server.listening) return
      for (const { near, far } of pairs) {
        near.destroy()
        far.destroy()
      }
      server.close()
      await once(server, 'close')
    },
  }
}
