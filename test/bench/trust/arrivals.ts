import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { MOST_CHARACTERS } from '../../../src/bot/conversation/resume.ts'
import { MAX_FILE_BYTES } from '../../../src/bot/inbox/attachments.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { type Bank, bankOn, MONDAY } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { partsOf, zipOf } from '../../support/xlsx.ts'
import { type Row, row } from '../row.ts'
import { p99, timed } from '../timing.ts'

/** What nobody else may notice: 200 ms by the 35 ms that a list takes alone on the slowest machine so far. */
const LIMIT = 5.7
const ASKS = 150
const PAUSE_MS = 25
/** Who sends; nobody may send more than twelve files an hour. */
const SENDERS = ['M1', 'M2', 'L1', 'L2', 'H1']
/** Of the bank's clock between two asks: nobody may say more than sixty things a minute. */
const BETWEEN_MS = 2000

/** A workbook of some ten kilobytes that is a hundred megabytes once it is inflated. */
function denseBook(): Buffer {
  const row = '<row><c t="inlineStr"><is><t>一二三四五六七八九十</t></is></c></row>'
  return zipOf(partsOf([{ name: '客户', rows: row.repeat(1_400_000) }]))
}

/** How long others wait for their list while one person sends what is meant to hold the service up. */
export async function arrivalsBench(url: string): Promise<Row[]> {
  const database = await openPostgres(url, KEYED)
  const bank = await bankOn(
    database,
    Array.from({ length: 30 }, (_, n) => ({
      ...{ name: `客户${n}`, phone: `+86134900100${String(n).padStart(2, '0')}`, owner: 'M3' },
      tasks: [{ due_on: '2026-11-23', reason: 'entry', priority: 45 }],
    })),
  )
  const dense = denseBook()
  const noise = randomBytes(MAX_FILE_BYTES)
  const line = '张三 没接，'.repeat(MOST_CHARACTERS).slice(0, MOST_CHARACTERS)
  const sent: Readonly<Record<string, (bank: Bank, by: string) => Promise<unknown>>> = {
    [`workbooks of ${Math.round(dense.length / 1024)} kB that inflate to 100 MB`]: (to, by) =>
      to.sendFile(by, '客户.xlsx', dense, '导入 客户'),
    'files of 20 MB that are no workbooks': (to, by) =>
      to.sendFile(by, '客户.xlsx', noise, '导入 客户'),
    [`lines of ${MOST_CHARACTERS} characters`]: (to, by) => to.say(by, line),
  }
  let now = new Date(MONDAY).getTime()
  const ask = () => {
    now += BETWEEN_MS
    bank.setClock(new Date(now).toISOString())
    return bank.say('M3', '今日')
  }
  /** Milliseconds, p99. */
  const lists = async () => {
    const times: number[] = []
    for (let n = 0; n < ASKS; n++) {
      times.push(await timed(ask))
      await pause(PAUSE_MS)
    }
    return p99(times)
  }
  try {
    for (let n = 0; n < ASKS; n++) await ask()
    const alone = await lists()
    const rows: Row[] = []
    for (const [what, send] of Object.entries(sent)) {
      let asking = true
      const sending = (async () => {
        for (let turn = 0; asking; turn++) {
          const by = SENDERS[turn % SENDERS.length] ?? ''
          await Promise.all([send(bank, by), pause(PAUSE_MS)])
        }
      })()
      const beside = await lists()
      asking = false
      await sending
      await bank.app.working.settled()
      rows.push(
        row(`lists of others beside ${what}, p99`, [beside, 'ms'], ['alone, p99', alone], LIMIT),
      )
    }
    if ((await database.prisma.import.count()) < SENDERS.length) throw new Error('no book was read')
    return rows
  } finally {
    await bank.close()
  }
}
