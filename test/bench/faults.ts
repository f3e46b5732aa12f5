import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openPostgres } from '../../src/infra/database/index.ts'
import { pushOverKills } from '../channels/slack/kills.ts'
import { openSlack } from '../doubles/slack/index.ts'
import { startPostgres } from '../support/postgres.ts'
import { figure, type Part } from './figure.ts'

/** Kill -9 at random moments of pushes over Slack: nothing lost, nothing twice. */
export const faultsBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startPostgres(folder)
  const slack = await openSlack()
  const database = await openPostgres(postgres.url)
  try {
    const size = quick ? { managers: 40, kills: 10 } : { managers: 200, kills: 200 }
    const { kills, due, sent, once, ...outcomes } = await pushOverKills(
      database,
      slack,
      folder,
      size,
    )
    const { acknowledged, stored, twice } = outcomes
    return [
      figure(
        'faults',
        `lists lost or sent twice over ${kills} kills, ${due} due, ${sent} sent`,
        [due - once + Math.abs(sent - due), 'times'],
        [1, 'none may be'],
        0,
      ),
      figure(
        'faults',
        `outcomes lost or stored twice, ${acknowledged} acknowledged`,
        [acknowledged - stored + twice, 'times'],
        [1, 'none may be'],
        0,
      ),
    ]
  } finally {
    await database.close()
    await slack.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
