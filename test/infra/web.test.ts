import { once } from 'node:events'
import net from 'node:net'
import { Hono } from 'hono'
import { afterEach, expect, test } from 'vitest'
import { addressOf, startWeb, type Web } from '../../src/infra/web.ts'

let web: Web | null = null
afterEach(async () => {
  await web?.stop()
  web = null
})

const serve = async (routes: Hono, patience?: Parameters<typeof startWeb>[3]) => {
  web = await startWeb('127.0.0.1', 0, [{ path: '/', routes }], patience)
  return web.port
}

test.each([
  [0, '198.51.100.1, 203.0.113.9', '127.0.0.1'],
  [1, '203.0.113.9', '203.0.113.9'],
  [1, 'forged, 203.0.113.9', '203.0.113.9'],
  [2, '198.51.100.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
  [2, '203.0.113.9', '203.0.113.9'],
  [1, 'no address', '127.0.0.1'],
])('behind %i proxies of ours, "%s" comes from %s', async (hops, forwarded, from) => {
  const port = await serve(new Hono().get('/', (context) => context.text(addressOf(context, hops))))
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { 'x-forwarded-for': forwarded },
  })
  expect(await answer.text()).toBe(from)
})

test('what is being answered when it stops is answered; nothing new is taken', async () => {
  const arrived = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const port = await serve(
    new Hono().get('/', async (context) => {
      arrived.resolve()
      await release.promise
      return context.text('done')
    }),
  )
  const asked = fetch(`http://127.0.0.1:${port}/`)
  await arrived.promise
  const stopped = web?.stop()
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
  release.resolve()
  expect(await (await asked).text()).toBe('done')
  await stopped
  web = null
})

test('a sender who takes too long is cut off', async () => {
  const port = await serve(
    new Hono().post('/', async (context) => context.text(await context.req.text().catch(() => ''))),
    { headersMs: 100, requestMs: 200 },
  )
  const socket = net.connect(port, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1.1 408/)
  socket.destroy()
})
