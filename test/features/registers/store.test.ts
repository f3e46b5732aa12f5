import { describe, expect, test } from 'vitest'
import { INDUSTRIES } from '../../../src/features/registers/industries.ts'
import { installIndustries } from '../../../src/features/registers/industries-store.ts'
import { addAlias, ensureNames, matchNames } from '../../../src/features/registers/store.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'

const BY = { staffId: null, actId: null, now: new Date('2026-11-23T00:00:00Z') }

describe.each(DATABASES)('the registers, on %s', (kind) => {
  test('a name in any spelling, or an alias, is one entry; each register has its own', async () => {
    const { prisma: tx, close } = await openTestDatabase(kind)
    const names = ['五金 市场', '五金市场', '', 'East Mall', 'ＥＡＳＴ　ＭＡＬＬ']
    const [market, again, none, mall, wide] = await ensureNames(tx, 'cluster', names, BY)
    expect([market?.name, again?.id, none, mall?.name, wide?.id]).toEqual([
      '五金 市场',
      market?.id,
      null,
      'East Mall',
      mall?.id,
    ])
    expect(await addAlias(tx, market?.id ?? '', '老五金城')).toBe(true)
    expect(await addAlias(tx, market?.id ?? '', '老五金城')).toBe(true)
    expect(await addAlias(tx, mall?.id ?? '', '老·五金城')).toBe(false)
    expect(await matchNames(tx, 'cluster', ['老 五金城', '没有', '五金・市场'])).toEqual([
      { id: market?.id, name: '五金 市场', aliases: ['老五金城'], kind: null, code: null },
      null,
      { id: market?.id, name: '五金 市场', aliases: ['老五金城'], kind: null, code: null },
    ])
    expect(await matchNames(tx, 'region', ['五金市场'])).toEqual([null])
    await ensureNames(tx, 'cluster', ['老五金城'], BY)
    expect(await tx.registerEntry.count()).toBe(2)
    await close()
  })

  test('the classification comes once, and what people wrote before is the same as its division', async () => {
    const { prisma: tx, close } = await openTestDatabase(kind)
    await ensureNames(tx, 'industry', ['饭店', '飞碟制造', '住宿业'], BY)
    await installIndustries(tx, BY.now)
    await installIndustries(tx, BY.now)
    const known = ['饭店', '餐饮', '62', '住宿业', '宾馆', '飞碟制造', '制造业']
    const entries = await matchNames(tx, 'industry', known)
    expect(entries.map((entry) => entry && [entry.name, entry.code])).toEqual([
      ['餐饮业', 'H62'],
      ['餐饮业', 'H62'],
      null,
      ['住宿业', 'H61'],
      ['住宿业', 'H61'],
      ['飞碟制造', null],
      ['制造业', 'C'],
    ])
    const standard = await tx.registerEntry.count({ where: { sameAs: null, code: { not: null } } })
    expect(standard).toBe(INDUSTRIES.length)
    await close()
  })
})
