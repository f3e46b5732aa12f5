import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { fillManagers, settingsOf } from '../../channels/crowd.ts'
import { CHATS } from '../../channels/kill/chats.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { startPostgres } from '../../support/postgres.ts'
import { waitFor } from './bank.ts'
import { clockFrom } from './clock-from.ts'
import type { Scenario } from './tally.ts'

const MANAGERS = 100
const DAY = '2026-11-24'
/** The service's clock begins so long before its night's job is due. */
const BEGINS = new Date(`${DAY}T02:19:40+08:00`)
const STOPS_AFTER_MS = 10_000
/** Over the minute, and longer than a timer may be late. */
const STOPPED_MS = 25_000
const PATIENCE_MS = 3 * 60_000

/** The process stands still while the job of the night is due, as a paused machine does. */
export const nightMissed: Scenario = {
  name: 'the service stopped 25 s over 02:20, the tasks of the night',
  async play() {
    const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-faults-'))
    const postgres = await startPostgres(folder)
    const database = await openPostgres(postgres.url, KEYED)
    const { prisma } = database
    const chat = await CHATS.Slack()
    let one: ChildProcess | null = null
    try {
      await bankOn(database, [])
      await fillManagers(database, MANAGERS, chat.channel)
      await prisma.$executeRaw`delete from task`
      await prisma.$executeRaw`
        update client set kind = 'existing', credit_expires_on = ${DAY}::date + 10`
      const env = { PATH: process.env['PATH'] ?? '', ...settingsOf(database), ...chat.settings }
      const args = [clockFrom(BEGINS), path.resolve('src/main.ts'), 'start']
      one = spawn(process.execPath, args, { cwd: folder, env, stdio: 'ignore' })
      const made = () => prisma.task.count()
      await chat.connected()
      await pause(STOPS_AFTER_MS)
      if ((await made()) > 0) throw new Error('the night came before the process was stopped')
      one.kill('SIGSTOP')
      await pause(STOPPED_MS)
      one.kill('SIGCONT')
      await waitFor(async () => (await made()) >= MANAGERS, PATIENCE_MS, [one])
      const rows = await prisma.$queryRaw<{ times: number }[]>`
        select count(*)::int as times from task group by client_id`
      return {
        due: MANAGERS,
        lost: MANAGERS - rows.length,
        twice: rows.filter(({ times }) => times > 1).length,
        apologised: 0,
      }
    } finally {
      one?.kill('SIGKILL')
      await database.close()
      await chat.close()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
