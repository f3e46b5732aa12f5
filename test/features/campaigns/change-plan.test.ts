import { expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { newId } from '../../../src/core/ids.ts'
import type { Campaign } from '../../../src/features/campaigns/rules.ts'
import { campaignById, savePlan } from '../../../src/features/campaigns/store.ts'
import { MONDAY, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

test.each(DATABASES)('a plan that is changed is as it was changed, on %s', async (kind) => {
  const { database, close } = await openBank(kind)
  const { prisma } = database
  const publisher = await prisma.staff.findFirstOrThrow({ where: { code: 'K1' } })
  const planned: Campaign = {
    ...{ id: newId(), name: '开门红', status: 'draft' },
    ...{ publisherId: publisher.id, publisherName: publisher.name, publisherPath: '/HQ/' },
    ...{ startsOn: day('2026-11-24'), endsOn: day('2026-12-24'), talkingPoints: '利率下调' },
    ...{
      regions: ['城东'],
      industries: [],
      clusters: [],
      segment: null,
      filter: [],
      controlShare: 0,
      products: [],
    },
    ...{ audiencePaths: ['/HQ/B1/'], audienceStaff: [] },
    targets: { reached: 10, interested: null, applied: null, granted: null },
  }
  await savePlan(prisma, planned, true, new Date(MONDAY))
  expect(await campaignById(prisma, planned.id)).toEqual(planned)
  const changed: Campaign = {
    ...planned,
    ...{ name: '开门红二期', endsOn: day('2026-12-31'), talkingPoints: '额度提高' },
    ...{ regions: [], industries: ['餐饮'], clusters: ['建材城'], audiencePaths: [] },
    audienceStaff: [publisher.id],
    targets: { reached: null, interested: 5, applied: 3, granted: 1 },
  }
  await savePlan(prisma, changed, false, new Date(MONDAY))
  expect(await campaignById(prisma, planned.id)).toEqual(changed)
  await close()
})
