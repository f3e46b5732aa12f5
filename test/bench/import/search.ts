import { createApp } from '../../../src/app.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import { readConfig } from '../../../src/config.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { KEYED } from '../../support/keyed.ts'
import { type Row, row } from '../row.ts'
import { inTurn, p99 } from '../timing.ts'
import { NOW } from './book.ts'
import { say } from './say.ts'

const LIMIT = 1.5

/** What marketing looks for in the whole bank, against the lists of managers, both through the pipe. */
export async function searchBench(url: string, rounds: number): Promise<Row[]> {
  const database = await openPostgres(url, KEYED)
  const clients = await database.prisma.$queryRaw<
    { name: string; initials: string; phone: string }[]
  >`
    select name, initials, phone from client order by md5(id::text) limit ${rounds + Math.ceil(rounds / 10)}`
  const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
    ...{ database, log: createLog('silent'), channels: [createConsoleChannel()] },
    clock: () => new Date(NOW),
  })
  const find = (of: (client: (typeof clients)[number]) => string) => (round: number) => {
    const client = clients[round % clients.length]
    return say(app, 'K1', `查 ${client ? of(client) : ''}`)
  }
  try {
    const { today, ...found } = await inTurn(rounds, {
      today: (round) => say(app, `Q${(round % 200) + 1}`, '今日'),
      'two characters': find(({ name }) => name.slice(0, 2)),
      'the end of a name': find(({ name }) => name.slice(1)),
      initials: find(({ initials }) => initials),
      'the end of a phone number': find(({ phone }) => phone.slice(-4)),
    })
    return Object.entries(found).map(([what, times]) =>
      row(`search by ${what}, p99`, [p99(times), 'ms'], ['today, p99', p99(today)], LIMIT),
    )
  } finally {
    await app.stop()
  }
}
