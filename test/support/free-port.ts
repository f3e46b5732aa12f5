import net from 'node:net'

/**
 * Where the ports of this worker begin: below those that the kernel gives to whoever asks for any (32768 and more), so
 * that one that was free is not another's until it is listened on. Each worker has a thousand of its own, and begins
 * anywhere among them, as another run of the tests may be beside it.
 */
const FIRST = 12_000 + (Number(process.env['VITEST_POOL_ID'] ?? 0) % 16) * 1000
let tried = Math.floor(Math.random() * 1000)

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    tried = (tried + 1) % 1000
    if (await isFree(FIRST + tried)) return FIRST + tried
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
