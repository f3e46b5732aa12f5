import type { App } from '../../../src/app.ts'
import { newId } from '../../../src/core/ids.ts'
import { landingRoutes } from '../../../src/features/referrals/landing/landing-page.ts'
import { MONDAY } from '../../support/bank.ts'
import { WECHAT } from '../../support/visitor.ts'
import { codeOf } from '../referrals/names.ts'
import { inTurn, median } from '../timing.ts'
import { CAMPAIGN, CHANNEL } from './book.ts'

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

const outcome = (taskId: string, outcome: string): Says => ({
  kind: 'intent',
  intent: { command: 'log-outcome', input: { taskId, outcome } },
  label: '',
})

/** What is asked every morning. */
export const ASKED = {
  'the list': { by: 'Q1', says: () => text('今日') },
  'a client': { by: 'Q1', says: ({ name }) => text(name) },
  'why this tier': { by: 'Q1', says: ({ name }) => text(`分层 ${name}`) },
  'an outcome': { by: 'Q1', says: ({ taskId }) => outcome(taskId, 'thinking') },
  'putting it right': { by: 'Q1', says: ({ taskId }) => outcome(taskId, 'interested') },
  'taking it back': { by: 'Q1', says: () => text('撤销') },
  'before a visit': { by: 'Q1', says: ({ name }) => text(`准备 ${name}`) },
  'my clients': { by: 'Q1', says: () => text('我的客户') },
  'my month': { by: 'Q1', says: () => text('我这个月走访了几个') },
  'who of the team logged nothing': { by: 'GL1', says: () => text('谁还没登记') },
  'the week of the team': { by: 'GL1', says: () => text('本周小结') },
  'the pipeline of a team': { by: 'GL1', says: () => text('进度') },
  'how a campaign goes in a team': { by: 'GL1', says: () => text(`活动 数据 ${CAMPAIGN}`) },
  'what my links brought': { by: 'Q1', says: () => text('我的转介') },
} satisfies Record<string, Question>
/** By a client's friend, its click stored before it is answered. */
const OPENED = 'a referral page'
export type Asked = keyof typeof ASKED | typeof OPENED
export const ASKS: readonly Asked[] = [...(Object.keys(ASKED) as (keyof typeof ASKED)[]), OPENED]
const HELP: Question = { by: 'Q1', says: () => text('帮助') }

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
  const open = { [OPENED]: opener(app) }
  const { help = [], ...asked } = await inTurn<string>(ROUNDS, {
    ...Object.fromEntries(ways),
    ...open,
  })
  const helpMs = median(help)
  const times = Object.entries(asked).map(([name, each]) => [name, median(each) / helpMs])
  return { times: Object.fromEntries(times) as Record<Asked, number>, helpMs }
}

/** Opens the links of clients in turn. */
function opener({ services }: App): (round: number) => Promise<void> {
  const page = landingRoutes(services, { waitMs: 0, size: 1, concurrency: 1 })
  return async (round) => {
    const { status } = await page.request(`/${codeOf(round)}`, {
      headers: { 'user-agent': WECHAT },
    })
    if (status !== 200) throw new Error(`the page answered ${status}`)
  }
}

export async function say(app: App, by: string, says: Says): Promise<void> {
  clock.now += PAUSE_MS
  const { answered } = await app.inbox({
    ...{ id: newId(), channel: CHANNEL, conversation: `U${by}`, sender: `U${by}` },
    ...{ shared: false, says },
  })
  await answered
}
