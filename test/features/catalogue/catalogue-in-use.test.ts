import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Catalogue } from '../../../src/core/catalogue.ts'
import { followCatalogue } from '../../../src/features/catalogue/store.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'

describe.each(ONE_DATABASE)('a change of the catalogue, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const shown = async () => JSON.stringify(await bank.say('K1', '产品'))
  const NEW = '产品 新增 银税贷 条线 小微信贷 关键词 税贷'

  test('is seen at once by whoever asks next', async () => {
    await bank.say('K1', NEW)
    expect(await shown()).toContain('银税贷')
    expect(JSON.stringify(await bank.say('M1', '需求 赵强 税贷'))).toContain('银税贷')
  })

  test('that was rolled back is seen by nobody', async () => {
    await bank.database.prisma.$executeRawUnsafe(`
      create function refuse_act() returns trigger language plpgsql as
        $$ begin raise exception 'refused'; end $$`)
    await bank.database.prisma.$executeRawUnsafe(`
      create trigger refused before insert on act for each row
        when (new.command = 'change-products') execute function refuse_act()`)
    await bank.say('K1', NEW)
    expect(await bank.rows(`select 1 from product where label_zh = '银税贷'`)).toEqual([])
    expect(await shown()).not.toContain('银税贷')
    expect(JSON.stringify(await bank.say('M1', '需求 赵强 税贷'))).not.toContain('银税贷')
  })

  const codes = (catalogue: Catalogue) => catalogue.map(({ code }) => code)

  test('is seen by no other bank of the same process', async () => {
    const other = await openBank(kind)
    await bank.say('K1', NEW)
    const [ours, theirs] = [bank, other].map(({ app }) => codes(app.services.moment().catalogue))
    expect(ours).toHaveLength((theirs?.length ?? 0) + 1)
    expect(JSON.stringify(await other.say('K1', '产品'))).not.toContain('银税贷')
    await other.close()
  })

  test('reaches another instance when it reads anew', async () => {
    const other = await followCatalogue(bank.database.prisma)
    await bank.say('K1', NEW)
    expect(codes(other.now())).not.toEqual(codes(bank.app.services.moment().catalogue))
    await other.refresh()
    expect(codes(other.now())).toEqual(codes(bank.app.services.moment().catalogue))
  })
})

test('of two readings at once the one that began last holds', async () => {
  const waiting: ((rows: readonly object[]) => void)[] = []
  const findMany = () => new Promise<readonly object[]>((resolve) => waiting.push(resolve))
  const following = followCatalogue({ product: { findMany } } as never)
  const row = (code: string) => [{ code, line: '', labelZh: code, labelEn: code, words: [] }]
  waiting[0]?.(row('first'))
  const catalogue = await following
  const both = [catalogue.refresh(), catalogue.refresh()]
  waiting[2]?.(row('newest'))
  await both[1]
  waiting[1]?.(row('older'))
  await both[0]
  expect(catalogue.now()).toMatchObject([{ code: 'newest' }])
})
