/** @module-tag long */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { confirmAsOperator, startAsOperator } from '../../../src/features/import/by-operator.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPglite } from '../../../src/infra/database/pglite.ts'
import { bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { DATABASES, openNewPglite, openTestDatabase } from '../../support/open.ts'

/** Enough that reading, looking through and writing each take several transactions. */
const ROWS = { postgres: 2200, pglite: 600 }
const NOW = new Date(MONDAY)

const bookOf = (rows: number): Buffer =>
  Buffer.from(
    [
      '姓名,手机号,工号,年销售额,备注',
      ...Array.from({ length: rows }, (_, at) => {
        const phone = `138${String(at).padStart(8, '0')}`
        return `客户${at},${phone},M1,${at + 1}万,第${at}行`
      }),
    ].join('\n'),
  )

const VICTIM = path.join(import.meta.dirname, 'victim.ts')

/** Lets one go on with it until it is killed in its second transaction, and another until nothing is left. */
async function overKills(where: string): Promise<void> {
  for (const ordinal of [2, 0]) {
    const victim = spawn(process.execPath, [VICTIM, where, `${ordinal}`], { stdio: 'inherit' })
    const [code, signal] = await once(victim, 'exit')
    expect([code, signal]).toEqual(ordinal ? [null, 'SIGKILL'] : [0, null])
  }
}

async function open(kind: Database['kind'], folder: string, again: boolean): Promise<Database> {
  if (kind === 'postgres') return openTestDatabase(kind)
  return again ? openPglite(folder, { ...KEYED, flush: false }) : openNewPglite(folder)
}

test.for(DATABASES)(
  'an import goes on over kill -9 in the midst of what is read and of what is written, every row once, on %s',
  async (kind, { onTestFinished }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-import-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    let database = await open(kind, folder, false)
    const where = database.url ?? folder
    /** An embedded database is one process's. */
    const victims = async () => {
      if (kind === 'pglite') await database.close()
      await overKills(where)
      if (kind === 'pglite') database = await open(kind, folder, true)
    }
    const ask = <Found>(sql: string) => database.prisma.$queryRawUnsafe<Found[]>(sql)
    onTestFinished(() => database.close())
    await (await bankOn(database, CLIENTS)).app.working.stop()

    const rows = ROWS[kind]
    const id = await database.transaction((tx) =>
      startAsOperator(
        tx,
        { kind: 'clients', file: { name: '客户.csv', bytes: bookOf(rows) }, code: null },
        NOW,
      ),
    )
    if (!id) throw new Error('not taken')
    await victims()
    expect(await ask(`select state, rows, counts->'verdicts' as verdicts from import`)).toEqual([
      { state: 'preview', rows, verdicts: { new: rows } },
    ])
    expect(await ask('select count(*)::int as staged from import_row')).toEqual([{ staged: rows }])

    await database.transaction((tx) =>
      confirmAsOperator(tx, { id, staffId: null, uploadId: null }, NOW),
    )
    await victims()
    expect(await ask('select state, fault from import')).toEqual([{ state: 'done', fault: null }])
    const written = `from client where name like '客户%'`
    expect(
      await ask(`
        select count(*)::int as clients, count(distinct phone)::int as phones,
          (select count(*)::int from client_phone where client_id in (select id ${written})) as numbers,
          (select count(*)::int from client_facts where annual_sales is not null
            and client_id in (select id ${written})) as facts,
          (select count(*)::int from fact_entry where client_id in (select id ${written})) as entries,
          (select count(*)::int from client_note) as notes,
          (select count(*)::int from task where client_id in (select id ${written})) as tasks ${written}`),
    ).toEqual([
      {
        ...{ clients: rows, phones: rows, numbers: rows, facts: rows },
        ...{ entries: rows, notes: rows, tasks: rows },
      },
    ])
  },
)
