import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'

/** Routes of a feature's page or a channel, mounted under a path on the service's one port. */
export interface Routes {
  readonly path: string
  readonly routes: Hono
}

export interface Web {
  readonly port: number
  stop(): Promise<void>
}

export class PortInUse extends Error {
  override readonly name = 'PortInUse'
  constructor(host: string, port: number) {
    super(
      `端口 ${host}:${port} 已被占用，请停止占用它的程序，或用 PORT 换一个。 ` +
        `The port ${host}:${port} is in use; stop what uses it, or set PORT to another.`,
    )
  }
}

/** Serves all routes on one port; port 0 takes a free one. Throws `PortInUse`. */
export async function startWeb(
  host: string,
  port: number,
  mounts: readonly Routes[],
): Promise<Web> {
  const app = new Hono()
  app.get('/healthz', (context) => context.text('ok'))
  for (const { path, routes } of mounts) app.route(path, routes)
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  await listen(server, host, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortInUse(host, port) : error),
    )
    server.listen(port, host, resolve)
  })
