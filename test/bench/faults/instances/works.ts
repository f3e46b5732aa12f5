import { confirmAsOperator, startAsOperator } from '../../../../src/features/import/by-operator.ts'
import type { Database } from '../../../../src/infra/database/index.ts'
import { fillManagers } from '../../../channels/crowd.ts'
import type { PlayedChat } from '../../../channels/kill/chats.ts'
import { fillBook } from '../../tiers/book.ts'
import type { Tally } from '../tally.ts'

/** Something large that one of several instances is at. */
export interface UnderWay {
  readonly name: string
  /** When the instances' clock begins: a few seconds before it is due. */
  readonly begins: Date
  /** What is written all along: whoever is at it waits for a lock of it. */
  readonly table: 'client' | 'client_tier' | 'message'
  /** What it is due for; resolves to how many rows, lists or tiers that makes. */
  lay(database: Database, chat: PlayedChat): Promise<number>
  /** How many are there of those that are due. */
  made(database: Database): Promise<number>
  /** What came of it. */
  tally(database: Database, chat: PlayedChat, due: number): Promise<Omit<Tally, 'apologised'>>
}

const DAY = '2026-11-24'
const at = (time: string) => new Date(`${DAY}T${time}+08:00`)
const count = async ({ prisma }: Database, sql: string): Promise<number> => {
  const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(`select (${sql})::int as count`)
  return row?.count ?? 0
}

const CLIENTS = 20_000
const IMPORTED = `from client where name like '进件%'`
const importing: UnderWay = {
  name: `a book of ${CLIENTS} clients imported`,
  begins: at('10:00:00'),
  table: 'client',
  async lay(database) {
    const rows = Array.from({ length: CLIENTS }, (_, row) => {
      return `进件${row},139${String(row).padStart(8, '0')},M1`
    })
    const bytes = Buffer.from(['姓名,手机号,工号', ...rows].join('\n'))
    const file = { name: '客户.csv', bytes }
    const now = at('09:59:00')
    await database.transaction((tx) =>
      startAsOperator(tx, { kind: 'clients', file, code: null }, now),
    )
    return CLIENTS
  },
  async made(database) {
    const id = await waitsToBeConfirmed(database)
    if (id) {
      await database.transaction((tx) =>
        confirmAsOperator(tx, { id, staffId: null, uploadId: null }, at('10:01:00')),
      )
    }
    return count(database, `select count(*) ${IMPORTED}`)
  },
  async tally(database, _chat, due) {
    const phones = await count(database, `select count(distinct phone) ${IMPORTED}`)
    const rows = await count(database, `select count(*) ${IMPORTED}`)
    return { due, lost: due - phones, twice: rows - phones }
  },
}

async function waitsToBeConfirmed({ prisma }: Database): Promise<string | null> {
  const [row] = await prisma.$queryRaw<{ id: string }[]>`
    select id from import where state = 'preview'`
  return row?.id ?? null
}

const retiering: UnderWay = {
  name: `${CLIENTS} clients tiered anew`,
  begins: at('04:39:40'),
  table: 'client_tier',
  async lay(database) {
    await fillBook(database, CLIENTS)
    return CLIENTS
  },
  made: (database) => count(database, 'select count(*) from client_tier'),
  async tally(database, _chat, due) {
    const tiered = await count(database, 'select count(distinct client_id) from tier_change')
    const changes = await count(database, 'select count(*) from tier_change')
    return { due, lost: due - tiered, twice: changes - tiered }
  },
}

const MANAGERS = 600
const CARDS = `from message where once_key like 'campaign:%:start:%'`
const broadcasting: UnderWay = {
  name: `a campaign sent to ${MANAGERS} managers`,
  begins: at('08:40:40'),
  table: 'message',
  async lay(database, chat) {
    chat.know(await fillManagers(database, MANAGERS, chat.channel))
    await database.prisma.$executeRaw`
      insert into campaign (id, name, status, publisher_id, publisher_path, starts_on, ends_on,
        regions, industries, clusters, products, talking_points, audience_paths, audience_staff, created_at)
      select gen_random_uuid(), '春茶', 'approved', id, '/HQ/B1/', ${DAY}::date, ${DAY}::date + 30,
        '{}', '{}', '{}', '{}', '', '{/HQ/B1/}', '{}', now() from staff where code = 'H1'`
    return MANAGERS
  },
  made: (database) => count(database, `select count(*) ${CARDS}`),
  async tally(database, chat, due) {
    const queued = await count(database, `select count(distinct conversation) ${CARDS}`)
    const shown = chat.shown().filter(({ text }) => text.includes('春茶'))
    const seen = Map.groupBy(shown, ({ to }) => to)
    const twice = [...seen.values()].filter(({ length }) => length > 1).length
    return { due, lost: Math.max(due - queued, due - seen.size), twice }
  },
}

export const WORKS: readonly UnderWay[] = [importing, retiering, broadcasting]
