import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import { newId } from '../../../src/core/ids.ts'
import { insertRows } from '../../../src/demo/rows.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { APP_TOKEN, BOT_TOKEN, type SlackDouble } from '../../doubles/slack/index.ts'
import { personOf } from '../../doubles/slack/person.ts'
import { bankOn } from '../../support/bank.ts'

/** What pushes over which the service was killed came to. */
export interface Killed {
  readonly kills: number
  /** Lists that were to be sent: each has a key of a manager with something due, and a day. */
  readonly due: number
  readonly sent: number
  /** Managers and days with exactly one list. */
  readonly once: number
  /** Outcomes of which Slack was told that they had arrived, and those of them stored once. */
  readonly acknowledged: number
  readonly stored: number
  /** Outcomes stored more than once. */
  readonly twice: number
}

const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'].concat([
  '2026-11-30',
  '2026-12-01',
  '2026-12-02',
  '2026-12-03',
  '2026-12-04',
])

/**
 * Pushes lists, day after day, to so many managers by a service of its own that is killed (-9) at
 * so many random moments and started again, while a manager logs an outcome in each of its lives.
 */
export async function pushOverKills(
  database: Database,
  slack: SlackDouble,
  folder: string,
  { managers, kills }: { readonly managers: number; readonly kills: number },
): Promise<Killed> {
  slack.scopes = [...BOT_SCOPES]
  await fill(database, slack, managers)
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: database.url ?? '',
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl,
    MORNING_SPREAD_SECONDS: '0',
    MORNING_AT: '23:59',
    LOG_LEVEL: 'silent',
    PORT: '0',
  }
  const main = path.resolve('src/main.ts')
  const run = (...words: string[]) =>
    spawn(process.execPath, [main, ...words], { cwd: folder, env, stdio: 'ignore' })
  const waiting = () =>
    database.prisma.message.count({ where: { state: { in: ['queued', 'sending', 'unknown'] } } })
  const chance = chanceFrom(7)
  const logged = new Set<string>()
  const days: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    if ((await waiting()) === 0) {
      const day = DAYS[days.length] ?? ''
      days.push(day)
      await once(run('push', '--now', `${day}T08:07:00+08:00`), 'exit')
    }
    const running = run('start')
    await slack.connected()
    const code = codeOf(kill % managers)
    const acknowledged = logOutcome(database, slack, code).then(() => logged.add(code))
    await Promise.race([acknowledged, pause(200 + chance(1500))])
    await pause(chance(400))
    await killed(running)
    slack.dropConnections('cut')
  }
  const last = run('start')
  while ((await waiting()) > 0) await pause(200)
  await killed(last)
  return count(database, slack, { kills, days, logged })
}

async function killed(running: ChildProcess): Promise<void> {
  running.kill('SIGKILL')
  await once(running, 'exit')
}

/** The same moments at every run. */
function chanceFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

async function logOutcome(database: Database, slack: SlackDouble, code: string): Promise<void> {
  const task = await database.prisma.task.findFirst({
    where: { manager: { code }, status: 'open' },
  })
  const value = JSON.stringify({ c: 'log-outcome', i: { taskId: task?.id, outcome: 'declined' } })
  const text = { type: 'plain_text', text: 'x' }
  const button = { type: 'button', action_id: 'say:0', text, value }
  const message = {
    channel: `D${code}`,
    ts: '1',
    text: '',
    blocks: [{ type: 'actions', elements: [button] }],
    metadata: null,
    onlyFor: null,
    edits: 0,
  }
  await personOf(slack, `U${code}`).press(message, 'x')
}

async function count(
  database: Database,
  slack: SlackDouble,
  seen: {
    readonly kills: number
    readonly days: readonly string[]
    readonly logged: ReadonlySet<string>
  },
): Promise<Killed> {
  const titles = seen.days.map((day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`)
  const lists = slack.messages.flatMap(({ channel, text }) => {
    const title = titles.find((each) => text.includes(each))
    return title && text.startsWith('晨会') ? [`${channel} ${title}`] : []
  })
  const times = Map.groupBy(lists, (list) => list)
  const outcomes = await database.prisma.$queryRaw<{ code: string; times: number }[]>`
    select staff.code, count(*)::int as times from outcome join staff on staff.id = staff_id
    group by staff.code`
  const stored = new Set(outcomes.filter((each) => each.times === 1).map(({ code }) => code))
  return {
    kills: seen.kills,
    due: await database.prisma.message.count({ where: { onceKey: { startsWith: 'morning:' } } }),
    sent: lists.length,
    once: [...times.values()].filter((each) => each.length === 1).length,
    acknowledged: seen.logged.size,
    stored: [...seen.logged].filter((code) => stored.has(code)).length,
    twice: outcomes.filter((each) => each.times > 1).length,
  }
}

const codeOf = (index: number): string => `Q${String(index).padStart(3, '0')}`

async function fill(database: Database, slack: SlackDouble, managers: number): Promise<void> {
  await bankOn(database, [])
  const unit = await database.prisma.unit.findFirstOrThrow({ where: { code: 'T1' } })
  const codes = Array.from({ length: managers }, (_, index) => codeOf(index))
  const staff = codes.map((code) => ({ id: newId(), code, user: `U${code}` }))
  const clients = staff.map(({ id }) => ({ id: newId(), owner: id }))
  await database.transaction(async (tx) => {
    const base = {
      role: 'manager',
      unit_id: unit.id,
      language: 'zh',
      active: true,
      joined_on: '2020-01-01',
    }
    await insertRows(
      tx,
      'staff',
      staff.map(({ id, code }) => ({ ...base, id, code, name: code })),
    )
    const seen = { channel: 'slack', last_seen_at: '2026-11-23T00:00:00Z' }
    await insertRows(
      tx,
      'account',
      staff.map(({ id, user }) => ({
        ...seen,
        external_id: user,
        staff_id: id,
        conversation: user,
      })),
    )
    const entered = {
      kind: 'prospect',
      source: 'list',
      negative_list: false,
      entered_at: '2026-11-01T00:00:00Z',
    }
    await insertRows(
      tx,
      'client',
      clients.map(({ id, owner }, index) => {
        const name = `客户${index}`
        return { ...entered, id, owner_id: owner, name, pinyin: 'kehu', initials: 'kh' }
      }),
    )
    const due = {
      kind: 'call',
      due_on: '2026-11-23',
      status: 'open',
      priority: 45,
      reason: 'entry',
      attempt: 0,
      created_at: '2026-11-20T00:00:00Z',
    }
    await insertRows(
      tx,
      'task',
      clients.map(({ id, owner }) => ({ ...due, id: newId(), client_id: id, manager_id: owner })),
    )
  })
  for (const { user } of staff) personOf(slack, user)
}
