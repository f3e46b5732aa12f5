import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import proxyAddress from 'proxy-addr'
import { describe } from './database/fault.ts'
import type { Log } from './log.ts'

/** Routes of a feature's page or a channel, mounted under a path on the service's one port. */
export interface Routes {
  readonly path: string
  readonly routes: Hono
}

export interface Web {
  readonly port: number
  /** Takes no more requests, and resolves once those under way are answered. */
  stop(): Promise<void>
}

/** Sends whoever asks for one path of this service to another. */
export const redirect = (from: string, to: string): Routes => ({
  path: from,
  routes: new Hono().get('/', (context) => context.redirect(to)),
})

/** How long a sender may take, in milliseconds. */
export interface TimeLimits {
  readonly headersMs: number
  readonly requestMs: number
}

const TIME_LIMITS: TimeLimits = { headersMs: 10_000, requestMs: 30_000 }

/** Requests that take longer than this after a stop are cut off. */
const MAX_STOP_MS = 5_000

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
  { headersMs, requestMs }: TimeLimits = TIME_LIMITS,
  log: Pick<Log, 'error'> | null = null,
): Promise<Web> {
  const app = new Hono()
  app.onError((error, context) => onFault(error, context, log))
  app.notFound((context) =>
    context.text('没有这一页，请核对网址。 There is no such page; please check the address.', 404),
  )
  app.get('/healthz', (context) => context.text('ok'))
  for (const { path, routes } of mounts) app.route(path, routes)
  const server = createServer(
    { connectionsCheckingInterval: Math.min(5_000, headersMs) },
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  )
  server.requestTimeout = requestMs
  server.headersTimeout = headersMs
  const answering = new Set<ServerResponse>()
  server.on('request', (_request, response) => {
    answering.add(response)
    response.once('close', () => answering.delete(response))
  })
  await listen(server, host, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () => finish(server, answering),
  }
}

/**
 * What a route did not foresee: whoever asked gets a sentence, and the log what it was, without what was sent. The
 * framework would print the error as it is, values included.
 */
function onFault(error: Error, context: Context, log: Pick<Log, 'error'> | null): Response {
  if (error instanceof HTTPException) return error.getResponse()
  if (BROKEN_FORM.test(error.message)) {
    return context.text(
      '表单没有收完整，请再发一次。 The form is broken; please send it again.',
      400,
    )
  }
  log?.error({ error: describe(error) }, 'a page met a fault')
  return context.text('出错了，请过一会儿再试。 Something went wrong; please try again later.', 500)
}

/** Node's words (undici) for a multipart body without its boundary, cut off, or not of that shape. */
const BROKEN_FORM = /FormData|multipart|boundary/i

function finish(server: Server, answering: ReadonlySet<ServerResponse>): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), MAX_STOP_MS)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    for (const response of answering) {
      // What streams until the reader leaves has no end to wait for.
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) {
        response.destroy()
      } else {
        response.once('close', () => setImmediate(() => server.closeIdleConnections()))
      }
    }
    server.closeIdleConnections()
  })
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortInUse(host, port) : error),
    )
    server.listen(port, host, resolve)
  })

/**
 * The address that a request comes from. With `trustedHops` proxies of ours in front it is the one
 * that the first of them saw; what a visitor wrote into `X-Forwarded-For` before them is not believed.
 */
export function addressOf(context: Context, trustedHops: number): string {
  const { incoming } = (context.env ?? {}) as { incoming?: IncomingMessage }
  if (!incoming) return NOWHERE
  const address = proxyAddress(incoming, (_address, hop) => hop < trustedHops)
  return isIP(address) ? address : (incoming.socket.remoteAddress ?? NOWHERE)
}

const NOWHERE = '0.0.0.0'
