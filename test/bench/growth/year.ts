import type { App } from '../../../src/app.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { NEW_ID } from '../../../src/infra/database/new-id.ts'
import { say } from './asked.ts'

/** What a busy manager logs on a workday, each after a look at the list. */
const OUTCOMES_A_DAY = 20
const WORKDAYS = 240
/** Conversations are kept for 180 days (`CHAT_KEPT_DAYS`), of which so many are workdays. */
const CHAT_WORKDAYS = 120

/** What a day of work leaves in a table. */
interface Growing {
  /** For how many days of a year it stands. */
  readonly days: number
  /** Which rows the day of Q2 left. */
  readonly of: string
  /** The columns that are not as Q2's: `m` is a manager, `d` so many days ago, `client_id` a client of theirs. */
  readonly own: Readonly<Record<string, string>>
}

const BY_Q2 = `(select id from staff where code = 'Q2')`
const ago = (column: string) => ({ [column]: `${column} - d * interval '1 day'` })

const GROWS: Readonly<Record<string, Growing>> = {
  task: {
    days: WORKDAYS,
    of: `status = 'done' and manager_id = ${BY_Q2}`,
    own: {
      ...{ id: NEW_ID, manager_id: 'm.id', client_id: 'slot.client_id', generated_for: 'null' },
      // Nobody asks for the act of a year ago; but each closed its own.
      ...{
        closed_by: NEW_ID,
        due_on: 'due_on - d::int',
        ...ago('closed_at'),
        ...ago('created_at'),
      },
    },
  },
  outcome: {
    days: WORKDAYS,
    of: `staff_id = ${BY_Q2}`,
    own: {
      ...{ id: NEW_ID, act_id: NEW_ID, client_id: 'slot.client_id', staff_id: 'm.id' },
      ...{ logged_on: 'logged_on - d::int', ...ago('logged_at') },
    },
  },
  act: {
    days: WORKDAYS,
    of: `staff_id = ${BY_Q2}`,
    own: { id: NEW_ID, staff_id: 'm.id', ...ago('at') },
  },
  received: {
    days: CHAT_WORKDAYS,
    of: `conversation = 'UQ2'`,
    own: {
      ...{ id: NEW_ID, external_id: 'gen_random_uuid()', conversation: `'U' || m.code` },
      ...{ ...ago('received_at'), ...ago('answered_at') },
    },
  },
  message: {
    days: CHAT_WORKDAYS,
    of: `conversation = 'UQ2'`,
    own: {
      ...{ id: NEW_ID, conversation: `'U' || m.code`, once_key: 'null', replaces: 'null' },
      ...{ state: `'sent'`, ...ago('created_at') },
    },
  },
}

/** Every manager's year: a day of one, said through the whole pipe, for all of them on every day. Resolves to MB. */
export async function fillYear(app: App): Promise<number> {
  const { database } = app.services
  const before = await megabytes(database)
  await playDay(app)
  const { wholeBook: prisma } = database
  await prisma.$executeRawUnsafe(`create unlogged table slot as
    select owner_id, client.id as client_id,
      row_number() over (partition by owner_id order by id) - 1 as place from client`)
  for (const [table, { days, of, own }] of Object.entries(GROWS)) {
    const columns = await columnsOf(database, table)
    const values = columns.map((each) => own[each] ?? `one.${each}`)
    await prisma.$executeRawUnsafe(`insert into ${table} (${columns.join(', ')})
      select ${values.join(', ')}
      from (select *, row_number() over () as turn from ${table} where ${of}) as one
        cross join generate_series(1, ${days}) as d cross join staff as m
        join slot on owner_id = m.id and slot.place = (d * 7 + one.turn) % 100
      where m.code like 'Q%'`)
  }
  return (await megabytes(database)) - before
}

/** A day of manager Q2, who said nothing before. */
async function playDay(app: App): Promise<void> {
  const { prisma } = app.services.database
  const tasks = await prisma.$queryRaw<{ id: string }[]>`
    select task.id from task join staff on staff.id = manager_id
    where staff.code = 'Q2' and status = 'open' limit ${OUTCOMES_A_DAY}::int`
  if (tasks.length < OUTCOMES_A_DAY) throw new Error(`only ${tasks.length} tasks are open`)
  for (const { id } of tasks) {
    await say(app, 'Q2', { kind: 'text', text: '今日' })
    const input = { taskId: id, outcome: 'thinking', note: '再看看，月底前给答复' }
    const intent = { command: 'log-outcome', input }
    await say(app, 'Q2', { kind: 'intent', intent, label: '再考虑' })
  }
}

async function columnsOf({ prisma }: Database, table: string): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ column: string }[]>`
    select column_name as column from information_schema.columns
    where table_name = ${table} and table_schema = 'public' and is_generated = 'NEVER'`
  return rows.map(({ column }) => column)
}

/** Of the tables that grow, with their indexes. */
async function megabytes({ wholeBook: prisma }: Database): Promise<number> {
  const tables = Object.keys(GROWS)
  const [row] = await prisma.$queryRaw<{ size: number }[]>`
    select (sum(pg_total_relation_size(name::regclass)) / 1048576)::float8 as size
    from unnest(${tables}::text[]) as name`
  return row?.size ?? 0
}
