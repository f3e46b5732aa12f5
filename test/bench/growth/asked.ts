import type { App } from '../../../src/app.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { MONDAY } from '../../support/bank.ts'
import { inTurn, median } from '../timing.ts'

export const CHANNEL = 'bench'
/** The clock of the book: people pause between two lines, as whoever says much in a minute is asked to. */
export const clock = { now: new Date(MONDAY).getTime() }
const PAUSE_MS = 5000
const ROUNDS = 40

type Says = Parameters<App['inbox']>[0]['says']

/** Who asks what in a round: manager Q1, or the lead of the team. */
interface Question {
  readonly by: 'Q1' | 'GL1'
  says(round: Round): Says
}
interface Round {
  /** A client of the manager, another in each round. */
  readonly name: string
  readonly taskId: string
}
const text = (text: string): Says => ({ kind: 'text', text })

/** What is asked every morning. */
export const ASKED = {
  'the list': { by: 'Q1', says: () => text('今日') },
  'a client': { by: 'Q1', says: ({ name }) => text(name) },
  'why this tier': { by: 'Q1', says: ({ name }) => text(`分层 ${name}`) },
  'an outcome': {
    by: 'Q1',
    says: ({ taskId }) => ({
      kind: 'intent',
      intent: { command: 'log-outcome', input: { taskId, outcome: 'thinking' } },
      label: '',
    }),
  },
  'taking it back': { by: 'Q1', says: () => text('撤销') },
  'before a visit': { by: 'Q1', says: ({ name }) => text(`准备 ${name}`) },
  'my clients': { by: 'Q1', says: () => text('我的客户') },
  'my month': { by: 'Q1', says: () => text('我这个月走访了几个') },
  'who of the team logged nothing': { by: 'GL1', says: () => text('谁还没登记') },
  'the week of the team': { by: 'GL1', says: () => text('本周小结') },
  'the pipeline of a team': { by: 'GL1', says: () => text('进度') },
} satisfies Record<string, Question>
export type Asked = keyof typeof ASKED
const HELP: Question = { by: 'Q1', says: () => text('帮助') }

/** Teams of ten managers, and a lead for the first. */
export async function teamsOfTen({ wholeBook: prisma }: Database): Promise<void> {
  await prisma.$executeRaw`
    insert into unit (id, code, name, kind, path)
    select gen_random_uuid(), 'G' || n, '团队' || n, 'team', branch.path || 'G' || n || '/'
    from unit as branch, generate_series(1, (select count(*) / 10 from staff where code like 'Q%')::int) as n
    where branch.code = 'B1'`
  await prisma.$executeRaw`
    update staff set unit_id = unit.id from unit
    where staff.code like 'Q%' and unit.code = 'G' || ((substr(staff.code, 2)::int - 1) / 10 + 1)`
  await prisma.$executeRaw`
    insert into staff (id, code, name, role, unit_id, language, active, joined_on)
    select gen_random_uuid(), 'GL1', '组长', 'lead', id, 'zh', true, '2020-01-01' from unit where code = 'G1'`
  await prisma.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select ${CHANNEL}, 'UGL1', id, 'UGL1', now() from staff where code = 'GL1'`
  await prisma.$executeRawUnsafe('vacuum analyze unit, staff, account')
}

/**
 * The median of each question through the whole pipe, as a multiple of what the help takes, which looks at no book
 * and is asked in turn with them: books are filled and measured at different times. `helpMs`: milliseconds of it.
 */
export async function askAll(
  app: App,
): Promise<{ readonly times: Record<Asked, number>; readonly helpMs: number }> {
  const rounds = await app.services.database.prisma.$queryRaw<Round[]>`
    select distinct on (client.id) client.name, task.id as "taskId" from task
    join client on client.id = client_id join staff on staff.id = manager_id
    where staff.code = 'Q1' and status = 'open' limit ${ROUNDS}::int`
  if (rounds.length < ROUNDS / 4) throw new Error(`only ${rounds.length} tasks are open`)
  const ways = Object.entries<Question>({ ...ASKED, help: HELP }).map(([name, { by, says }]) => {
    const ask = async (round: number) => {
      const one = rounds[round % rounds.length]
      if (one) await say(app, by, says(one))
    }
    return [name, ask] as const
  })
  const { help = [], ...asked } = await inTurn<string>(ROUNDS, Object.fromEntries(ways))
  const helpMs = median(help)
  const times = Object.entries(asked).map(([name, each]) => [name, median(each) / helpMs])
  return { times: Object.fromEntries(times) as Record<Asked, number>, helpMs }
}

export async function say(app: App, by: string, says: Says): Promise<void> {
  clock.now += PAUSE_MS
  const { answered } = await app.inbox({
    ...{ id: newId(), channel: CHANNEL, conversation: `U${by}`, sender: `U${by}` },
    ...{ shared: false, says },
  })
  await answered
}
