import { once } from 'node:events'
import { type AddressInfo, createServer, Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { PrismaClient } from '../../src/generated/client.ts'
import { passing } from '../../src/infra/database/fault.ts'
import type { Database, Queries } from '../../src/infra/database/index.ts'
import { connectionTo } from '../../src/infra/database/postgres.ts'
import {
  Connection,
  runTransaction,
  TransactionPool,
} from '../../src/infra/database/transactions.ts'
import { openTestDatabase } from '../support/open.ts'
import { until } from '../support/until.ts'

/** What src/infra/database/transactions.ts takes for granted of the installed Prisma and pg. */
describe('a transaction on PostgreSQL', () => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase('postgres')
    // A new one notes that all in it is encrypted.
    await database.prisma.setting.deleteMany()
  })
  afterAll(() => database.close())

  const create = (tx: Queries, key: string) => tx.setting.create({ data: { key, value: 1 } })
  const keys = async (tx: Queries) =>
    (await tx.$queryRaw<{ key: string }[]>`select key from setting order by key`).map(
      ({ key }) => key,
    )
  const backendOf = async (tx: Queries) => {
    const [row] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
    return row?.pid
  }

  test('its raw statements see those of Prisma’s models, and are undone with them', async () => {
    const failing = database.transaction(async (tx) => {
      await create(tx, 'mine')
      expect(await keys(tx)).toContain('mine')
      await tx.$executeRaw`insert into setting (key, value) values ('too', '1')`
      expect(await tx.setting.count({ where: { key: 'too' } })).toBe(1)
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect(await keys(database.prisma)).toEqual([])
  })

  test('has a connection of its own, however many are opened at once', async () => {
    const all = Array.from({ length: 20 }, (_, index) => `k${index}`)
    const seen = await Promise.all(
      all.map((key) =>
        database
          .transaction(async (tx) => {
            await create(tx, key)
            await pause(20)
            throw await keys(tx)
          })
          .catch((thrown: unknown) => thrown),
      ),
    )
    expect(seen).toEqual(all.map((key) => [key]))
  })

  test('keeps its connection when its work opens another', async () => {
    await database.transaction(async (tx) => {
      const own = await backendOf(tx)
      await database.prisma.$transaction([1, 2].map(() => database.prisma.setting.count()))
      expect(await database.transaction(backendOf)).not.toBe(own)
      expect(await backendOf(tx)).toBe(own)
    })
  })

  test('refuses statements once it is over', async () => {
    const [escaped] = await database.transaction(async (tx): Promise<[Queries]> => [tx])
    await expect(escaped.$queryRaw`select 1`).rejects.toThrow('over')
  })

  test('refuses statements before Prisma gives it up, which undoes those of before', async () => {
    const pool = new TransactionPool({
      ...connectionTo(database.url ?? ''),
      ...{ Client: Connection, pipeline: true, max: 1 },
    })
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
    const refused: string[] = []
    const work = async (tx: Queries) => {
      let given = true
      for (let index = 0; given || refused.length < 5; index++) {
        await create(tx, `model ${index}`).catch(() => {
          given = false
        })
        await tx.$executeRaw`insert into setting (key, value) values (${`raw ${index}`}, '1')`.catch(
          ({ message }: Error) => refused.push(message),
        )
        await pause(30)
      }
    }
    await expect(runTransaction(prisma, work, { maxWait: 2000, timeout: 200 })).rejects.toThrow()
    await until(() => expect(refused.length).toBeGreaterThanOrEqual(5))
    expect(new Set(refused)).toEqual(new Set(['the transaction of this statement is over']))
    expect(await keys(database.prisma)).toEqual([])
    await prisma.$disconnect()
    await pool.end()
  })

  test('sends in one write what is asked for in one moment', async () => {
    const writes = vi.spyOn(Socket.prototype, '_writev' as 'write')
    await database.transaction((tx) =>
      Promise.all(['one', 'two'].map((name) => tx.$queryRawUnsafe(`select 1 as ${name}`))),
    )
    // Node puts the bare buffers in place of what it calls this with.
    const written = writes.mock.calls.map(([buffers]) =>
      Buffer.concat(buffers as unknown as Buffer[]).toString(),
    )
    writes.mockRestore()
    expect(written).toContainEqual(expect.stringMatching(/as one.*as two/s))
  })
})

/** A message of PostgreSQL's protocol, from the server. */
function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}

test('a session that the server ends in the packet in which it opens fails what is asked on it, and nothing else', async () => {
  const welcome = [
    message('R', Buffer.alloc(4)),
    message('Z', Buffer.from('I')),
    message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0')),
  ]
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(Buffer.concat(welcome)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const pool = new TransactionPool({
    ...{ host: '127.0.0.1', port, user: 'x', database: 'x', password: 'x' },
    Client: Connection,
  })
  pool.on('error', () => {})
  const connection = await pool.connect()
  const failed = await connection.query('select 1').catch((error: unknown) => error)
  expect(passing(failed)).toBe('away')
  connection.release(true)
  await pool.end()
  server.close()
})
