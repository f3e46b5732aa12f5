import { createHmac } from 'node:crypto'
import http from 'node:http'
import { SIGNING_SECRET } from '../../doubles/slack/index.ts'
import { p99 } from '../timing.ts'

/** How many people there are to say something. */
export const PEOPLE = 2000
const ABREAST = 32

interface Load {
  /** At most so many; without, as many as go. */
  readonly perSecond?: number
  /** What a person says, by their number. */
  readonly textOf: (person: number) => string
}

/** Signed slash commands for so many seconds: how many were acknowledged, in all and in each, and the p99 in milliseconds. */
export async function load(
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
  return {
    count: times.length,
    perSecond: times.length / ((performance.now() - began) / 1000),
    p99: p99(times),
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
  const send = (again: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const outgoing = http.request(url, { method: 'POST', agent, headers }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`))
        answer.resume().once('end', () => resolve())
      })
      // A connection that was kept open for it was closed at that moment: it is sent anew, under its old name.
      outgoing.once('error', (error) => (again ? reject(error) : resolve(send(true))))
      outgoing.end(body)
    })
  return send(false)
}
