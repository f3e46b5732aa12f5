import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

describe.each(DATABASES)('a change of the catalogue, on %s', (kind) => {
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
})
