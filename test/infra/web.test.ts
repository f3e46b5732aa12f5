import { once } from 'node:events'
import net from 'node:net'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { afterEach, expect, test, vi } from 'vitest'
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

test('who asks for a page that is not there is told so, Chinese first', async () => {
  const port = await serve(new Hono().get('/here', (context) => context.text('here')))
  const answer = await fetch(`http://127.0.0.1:${port}/elsewhere`)
  expect(answer.status).toBe(404)
  expect(await answer.text()).toMatch(/^没有这一页，请核对网址。 There is no such page/)
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

test('what a route did not foresee is a sentence to whoever asked, and no value in the log', async () => {
  const logged: unknown[] = []
  const printed = vi.spyOn(console, 'error')
  const routes = new Hono()
    .get('/fault', () => {
      throw new TypeError('secret 13800138000')
    })
    .get('/forbidden', () => {
      throw new HTTPException(403, { message: 'no' })
    })
    .post('/form', async (context) => context.json(await context.req.parseBody()))
  const log = { error: (...line: unknown[]) => void logged.push(line) }
  web = await startWeb('127.0.0.1', 0, [{ path: '/below', routes }], undefined, log)
  const at = `http://127.0.0.1:${web.port}/below`
  const fault = await fetch(`${at}/fault`)
  expect([fault.status, await fault.text()]).toEqual([500, expect.stringContaining('出错了')])
  expect((await fetch(`${at}/forbidden`)).status).toBe(403)
  const multipart = 'multipart/form-data'
  const whole = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
  for (const [type, body, status] of [
    [`${multipart}; boundary=x`, whole, 200],
    [multipart, whole, 400],
    [`${multipart}; boundary=x`, whole.slice(0, 30), 400],
    [`${multipart}; boundary=x`, 'nothing of that shape', 400],
    ['application/x-www-form-urlencoded', '%%%=%', 200],
  ] as const) {
    const answer = await fetch(`${at}/form`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
    expect(answer.status, `${type} ${body}`).toBe(status)
  }
  expect(JSON.stringify(logged)).toContain('TypeError')
  expect(JSON.stringify(logged)).not.toContain('13800138000')
  expect(logged).toHaveLength(1)
  expect(printed).not.toHaveBeenCalled()
  printed.mockRestore()
})
