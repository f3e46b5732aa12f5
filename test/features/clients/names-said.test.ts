import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../src/core/staff.ts'
import { namesSaid } from '../../../src/features/clients/names-said.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

describe.each(DATABASES)('a client of a book is found in a line, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test.each([
    ['张三', '刚才張三沒接'],
    ['张 三', '张三没接'],
    ['阿卜杜·热合曼', '阿卜杜热合曼没接'],
    ['阿卜杜热合曼', '阿卜杜·热合曼没接'],
    ['·小明', '小明没接'],
    ['tom', 'TOM no answer'],
    ['TOM', 'tom no answer'],
    ['Émile Zola', 'émile zola is busy'],
    ["O'Brien", "o'brien is busy"],
  ])('%s in "%s"', async (name, line) => {
    const [staff] = await bank.rows<{ id: string; path: string }>(
      `select staff.id, unit.path from staff join unit on unit.id = unit_id where staff.code = 'M1'`,
    )
    await bank.database.prisma.$executeRaw`
      update client set name = ${name} where id = (
        select id from client where owner_id = ${staff?.id}::uuid order by id limit 1)`
    const who: Actor = {
      ...{ id: staff?.id ?? '', code: 'M1', name: '', role: 'manager', unitId: '' },
      ...{ unitPath: staff?.path ?? '/', language: 'zh', standsInFor: [] },
    }
    expect(await namesSaid.named(bank.database.prisma, who, line)).toContain(name)
    expect(await namesSaid.named(bank.database.prisma, who, '今日')).not.toContain(name)
  })
})
