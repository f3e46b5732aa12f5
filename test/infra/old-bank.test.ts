import { describe, expect, inject, test } from 'vitest'
import type { Database } from '../../src/infra/database/index.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { fillOldBank, oldFolder } from '../fixtures/old-bank/open.ts'
import { bankOn } from '../support/bank.ts'
import { columnsInClear, columnsLeftClear, numbersOnFile } from '../support/in-clear.ts'
import { KEYED } from '../support/keyed.ts'
import { DATABASES } from '../support/open.ts'
import { createDatabase } from '../support/postgres.ts'

const CHAT = ['act.input', 'message.card', 'received.says']

async function openOldBank(kind: Database['kind']): Promise<Database> {
  if (kind === 'pglite') return openPglite(undefined, { ...KEYED, snapshot: await oldFolder() })
  const url = await createDatabase(inject('postgres'), 'template0')
  await fillOldBank(url)
  return openPostgres(url, KEYED)
}

describe.each(DATABASES)('a bank of an older version on %s', (kind) => {
  test('is opened with all that it holds, and found in by every number', async () => {
    const bank = await bankOn(await openOldBank(kind), null)
    // What was said and is kept for its term: the list in test/boundaries/at-rest.
    const numbers = await numbersOnFile(bank.database)
    expect(numbers.length).toBeGreaterThan(10)
    expect(await columnsInClear(bank.database, numbers)).toEqual(CHAT)
    expect(await columnsLeftClear(bank.database)).toEqual([])
    const said = async (line: string) => JSON.stringify(await bank.say('M1', line))
    expect(await said('查 13490010010')).toContain('陈立')
    expect(await said('查 0010')).toContain('陈立')
    expect(await said('查 11010519491231002X')).toContain('陈立')
    expect(await said('资料 陈立')).toMatch(/11010519491231002X.*91110108551385082Q.*134 9001 0010/)
    expect(await said('张三')).toContain('客户说进货缺钱')
    const [row] = await bank.rows<{ phone: string; note: string; by: string }>(
      `select (select phone from client where name = '张三') as phone,
         (select text from client_note limit 1) as note, file_encrypted_by(bytes) as by from upload limit 1`,
    )
    expect(row).toEqual({ phone: '+8613490010001', note: '喜欢下午来电话', by: '1' })
    await bank.close()
  })
})
