import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { BOT_SCOPES } from '../../src/channels/slack/app.ts'
import { push } from '../../src/features/tasks/push-morning.ts'
import { type Database, openPostgres } from '../../src/infra/database/index.ts'
import { startOnSlack } from '../channels/slack/service.ts'
import { BOT_TOKEN, openSlack, SIGNING_SECRET, type SlackDouble } from '../doubles/slack/index.ts'
import { bankOn } from '../support/bank.ts'
import { startPostgres } from '../support/postgres.ts'
import { type Figure, figure, type Part } from './figure.ts'

const PEOPLE = 2000

/** Signed slash commands through HTTP, and a push at the pace that Slack allows. */
export const slackBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startPostgres(folder)
  const slack = await openSlack()
  slack.scopes = [...BOT_SCOPES]
  try {
    const database = await openPostgres(postgres.url)
    await bankOn(database, [])
    await fill(database, slack, quick ? 20_000 : 1_000_000)
    const { app, endpoint } = await startOnSlack(slack, database, 'http')
    const seconds = quick ? 3 : 15
    const empty = await emptyBolt()
    const theirs = await load(empty.url, seconds, Number.POSITIVE_INFINITY)
    await empty.stop()
    const began = performance.now()
    await load(endpoint, seconds, Number.POSITIVE_INFINITY)
    // Until the last of them is answered, not only acknowledged.
    while (await database.prisma.received.count({ where: { answeredAt: null } })) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const answered = await database.prisma.received.count()
    const ours = answered / ((performance.now() - began) / 1000)
    const paced = await load(endpoint, seconds, 100)
    await database.prisma.$executeRaw`delete from message`
    const rate = figure(
      'slack',
      'time of one slash command, answer stored',
      [1000 / ours, 'ms'],
      [
        1000 / theirs.perSecond,
        `empty Bolt handler ${theirs.perSecond.toFixed(0)}/s, ours ${ours.toFixed(0)}/s`,
      ],
      4,
    )
    const slow = figure(
      'slack',
      'p99 of the acknowledgement at 100/s',
      [paced.p99, 'ms'],
      [50, 'limit 50 ms'],
      1,
    )
    const pushed = await pushFigure(app, slack, quick ? 80 : 1000)
    await app.stop()
    return [rate, slow, pushed]
  } finally {
    await slack.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function fill(database: Database, slack: SlackDouble, clients: number): Promise<void> {
  const { prisma } = database
  await prisma.$executeRaw`
    insert into staff (id, code, name, role, unit_id, language, active, joined_on)
    select gen_random_uuid(), 'Q' || n, '经理' || n, 'manager', (select id from unit where code = 'T1'),
      'zh', true, '2020-01-01'
    from generate_series(1, ${PEOPLE}) as n`
  await prisma.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select 'slack', 'U' || code, id, 'U' || code, now() from staff where code like 'Q%'`
  await prisma.$executeRaw`
    insert into client (id, kind, name, pinyin, initials, phone, source, owner_id, entered_at)
    select gen_random_uuid(), 'prospect',
      chr(19968 + (n::bigint * 7919 % 20000)::int) || chr(19968 + (n::bigint * 104729 % 20000)::int),
      'kehu' || n, 'kh' || n,
      '+861349' || lpad(n::text, 7, '0'), 'list', staff.id, now()
    from generate_series(1, ${clients}) as n join staff on staff.code = 'Q' || (n % ${PEOPLE} + 1)`
  await prisma.$executeRaw`
    insert into task (id, manager_id, client_id, kind, due_on, status, priority, reason, attempt, created_at)
    select gen_random_uuid(), owner_id, id, 'call', current_date, 'open', 45, 'entry', 0, now()
    from (select distinct on (owner_id) id, owner_id from client order by owner_id, id) as one`
  await prisma.$executeRawUnsafe('analyze')
  for (let n = 1; n <= PEOPLE; n++) slack.users.set(`UQ${n}`, {})
}

async function emptyBolt() {
  const receiver = new HTTPReceiver({
    signingSecret: SIGNING_SECRET,
    endpoints: '/slack/events',
    logLevel: LogLevel.ERROR,
  })
  const app = new App({
    receiver,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    authorize: async () => ({ botToken: BOT_TOKEN, botId: 'B1', botUserId: 'UBOT' }),
  })
  app.command('/chenhui', async ({ ack }) => ack())
  const server = http.createServer(receiver.requestListener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** The name of the n-th client, as the database makes it: two characters, few alike. */
const nameOf = (n: number): string =>
  String.fromCharCode(19968 + ((n * 7919) % 20000), 19968 + ((n * 104729) % 20000))

const ABREAST = 32

/** Signed slash commands for so many seconds; at most `perSecond` of them. */
async function load(url: string, seconds: number, perSecond: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: ABREAST })
  const times: number[] = []
  const began = performance.now()
  const end = began + seconds * 1000
  let sent = 0
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const turn = sent++
      const due = began + (turn * 1000) / perSecond
      const wait = due - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      const start = performance.now()
      await request(url, agent, turn)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, one))
  agent.destroy()
  times.sort((a, b) => a - b)
  return {
    perSecond: times.length / ((performance.now() - began) / 1000),
    p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
  }
}

function request(url: string, agent: http.Agent, turn: number): Promise<void> {
  const person = (turn % PEOPLE) + 1
  const body = new URLSearchParams({
    command: '/chenhui',
    text: `查 ${nameOf(person - 1 || PEOPLE)}`,
    user_id: `UQ${person}`,
    channel_id: `DQ${person}`,
    channel_name: 'directmessage',
    team_id: 'T1',
    trigger_id: `${url}.${turn}.${Math.random()}`,
    response_url: 'https://hooks.slack.com/x',
  }).toString()
  const at = Math.floor(Date.now() / 1000)
  const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${at}:${body}`).digest('hex')
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${mac}`,
  }
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { method: 'POST', agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`))
      answer.resume().once('end', () => resolve())
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

type Service = Awaited<ReturnType<typeof startOnSlack>>['app']

/** Lists to many, against Slack's limits: the time they need against the time the limits allow. */
async function pushFigure(app: Service, slack: SlackDouble, lists: number): Promise<Figure> {
  slack.limited = true
  const { prisma } = app.house.database
  await prisma.$executeRaw`
    update staff set active = false where code like 'Q%' and substr(code, 2)::int > ${lists}`
  const before = slack.messages.length
  const began = performance.now()
  await push(app.house, app.house.moment(), { dryRun: false, anyDay: true })
  while (slack.messages.length < before + lists) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const seconds = (performance.now() - began) / 1000
  const allowed = lists / PER_SECOND
  return figure(
    'slack',
    `a push of ${lists} lists`,
    [seconds, 's'],
    [allowed, `limit ${PER_SECOND}/s`],
    1.05,
  )
}

/** What the channel may send a second to all conversations together. */
const PER_SECOND = 8
