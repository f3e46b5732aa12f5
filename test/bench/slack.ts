import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { BOT_SCOPES } from '../../src/channels/slack/app.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { startOnSlack } from '../channels/slack/service.ts'
import { BOT_TOKEN, openSlack, SIGNING_SECRET } from '../doubles/slack/index.ts'
import { bankOn } from '../support/bank.ts'
import { type Figure, figure, type Part } from './figure.ts'
import { startServer } from './server.ts'
import { fillForSlack } from './slack-bank.ts'

const PEOPLE = 2000

/** Signed slash commands through HTTP. */
export const slackBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  const slack = await openSlack()
  slack.scopes = [...BOT_SCOPES]
  try {
    const database = await openPostgres(postgres.url)
    await bankOn(database, [])
    const clients = quick ? 20_000 : 1_000_000
    const names = await fillForSlack(database, slack, { managers: PEOPLE, clients })
    const aClient = (person: number) => `查 ${names[person - 1]}`
    const commands = [
      ['a client', aClient],
      ['the list', () => '今日'],
      ['help', () => '帮助'],
    ] as const
    const { app, endpoint } = await startOnSlack(slack, database, 'http')
    const seconds = quick ? 3 : 15
    const empty = await emptyBolt()
    const theirs = await load(empty.url, seconds, { textOf: aClient })
    await empty.stop()
    const rates: Figure[] = []
    for (const [what, textOf] of commands) {
      const ours = await answered(database, () => load(endpoint, seconds, { textOf }))
      rates.push(
        figure(
          'slack',
          `time of one slash command (${what}), answer stored`,
          [1000 / ours, 'ms'],
          [
            1000 / theirs.perSecond,
            `empty Bolt handler ${theirs.perSecond.toFixed(0)}/s, ours ${ours.toFixed(0)}/s`,
          ],
          4,
        ),
      )
    }
    const paced = await load(endpoint, seconds, { perSecond: 100, textOf: aClient })
    const slow = figure(
      'slack',
      'p99 of the acknowledgement at 100/s',
      [paced.p99, 'ms'],
      [50, 'limit 50 ms'],
      1,
    )
    await app.stop()
    return [...rates, slow]
  } finally {
    await slack.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
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

const ABREAST = 32

/** How many a second are answered, until the last of them is, not only acknowledged. */
async function answered(database: Database, work: () => Promise<unknown>): Promise<number> {
  const { received } = database.prisma
  const before = await received.count()
  const began = performance.now()
  await work()
  while (await received.count({ where: { answeredAt: null } })) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return ((await received.count()) - before) / ((performance.now() - began) / 1000)
}

interface Load {
  /** At most so many; without, as many as go. */
  readonly perSecond?: number
  /** What a person says, by their number. */
  readonly textOf: (person: number) => string
}

/** Signed slash commands for so many seconds. */
async function load(
  url: string,
  seconds: number,
  { perSecond = Number.POSITIVE_INFINITY, textOf }: Load,
) {
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
      await request(url, agent, turn, textOf)
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

function request(
  url: string,
  agent: http.Agent,
  turn: number,
  textOf: (person: number) => string,
): Promise<void> {
  const person = (turn % PEOPLE) + 1
  const body = new URLSearchParams({
    command: '/chenhui',
    text: textOf(person),
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
