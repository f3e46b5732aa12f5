import { describe, expect, test } from 'vitest'
import { bankFindings, bankGaps } from '../../src/cli/bank/bank-findings.ts'
import { installCatalogue } from '../../src/features/catalogue/store.ts'
import { openBank } from '../support/bank.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'

describe.each(DATABASES)('doctor on who works in a bank, on %s', (kind) => {
  test('an empty one is to be opened', async () => {
    const database = await openTestDatabase(kind)
    const [only, ...others] = bankFindings(await bankGaps(database))
    expect(others).toEqual([])
    expect(only).toMatchObject({ state: 'no', text: expect.stringContaining('chenhui open') })
    await database.close()
  })

  test('names what is missing, and people by their codes or their number alone', async () => {
    const bank = await openBank(kind)
    await bank.rows(`update staff set active = false where code in ('M1', 'L2', 'K2') returning 1`)
    await bank.rows(`delete from account where external_id in ('M2', 'M3', 'M1') returning 1`)
    await bank.database.transaction(async (tx) => {
      await installCatalogue(tx)
      await tx.businessLine.updateMany({
        where: { code: { notIn: ['insurance', 'wealth'] } },
        data: { unitId: (await tx.unit.findUniqueOrThrow({ where: { code: 'D' } })).id },
      })
    })
    const gaps = await bankGaps(bank.database)
    expect(gaps).toEqual({
      ...{ staff: 8, leaderless: ['T2 二队'], marketing: 1, risk: 1, unreached: 2 },
      ...{ lines: ['保险', '财富管理'], leavers: ['M1 (5)'] },
    })
    const said = bankFindings(gaps).map(({ text }) => text)
    expect(said).toHaveLength(6)
    expect(said.join('\n')).toMatch(/2 人没有聊天账号.*\n.*M1 \(5\)/)
    expect(said.join('\n')).not.toMatch(/周敏|何勇|Lee/)
    await bank.close()
  })

  test('says nothing of a bank where nothing is missing', () => {
    const whole = { staff: 9, leaderless: [], marketing: 2, risk: 2, unreached: 0 }
    expect(bankFindings({ ...whole, lines: [], leavers: [] })).toEqual([])
  })
})
