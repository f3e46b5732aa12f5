import { describe, expect, test } from 'vitest'
import { openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { branchWeek } from './branch-week.ts'

describe.each(DATABASES)('a week of a branch on %s', (kind) => {
  const bank = branchWeek(() => openBank(kind))

  test('a paper of 30 MB is not kept, and what to send instead is said', async () => {
    const paper = Buffer.alloc(30 << 20)
    const cards = await bank().sendFile('K1', '产品.pdf', paper, '新增资料 房抵贷 产品页')
    expect(JSON.stringify(cards)).toMatch(/MB/)
    expect(await bank().rows('select 1 from paper')).toHaveLength(1)
  })
})
