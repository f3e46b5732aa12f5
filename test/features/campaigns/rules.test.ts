import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, day } from '../../../src/core/calendar/time.ts'
import { speaker } from '../../../src/core/text.ts'
import { funnelOption, linesOption } from '../../../src/features/campaigns/figures/cards.ts'
import { STEPS } from '../../../src/features/campaigns/figures/rules.ts'
import { afterMove, MOVE_NAMES, noticeOn } from '../../../src/features/campaigns/rules.ts'
import { readTag } from '../../../src/features/campaigns/tag/phrases.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf('2026-11-23T09:00:00+08:00')
const { today: MONDAY, workdays } = AT
const zh = speaker('zh')

test.each([
  ['张三 有意向 需要结算卡', { named: '张三', response: 'interested', needs: ['settlement-card'] }],
  ['张三 有意向 流贷 30万 周五', { amount: 300_000, nextDate: '2026-11-27', note: null }],
  [
    '李四 13800138000 五金店 考虑',
    { phone: '+8613800138000', businessName: '五金店', response: 'thinking' },
  ],
  ['李四 13800138000 老街 五金店 没接', { businessName: '老街 五金店', response: 'no-answer' }],
  ['张三 没接', { response: 'no-answer', needs: [], note: null }],
  ['张三 拒绝 利率高', { response: 'declined', note: '利率高' }],
  ['张三 有意向 结算卡、代发工资', { needs: ['settlement-card', 'payroll'] }],
  ['张三 有意向 不要结算卡', { response: 'interested', needs: [], note: '不要结算卡' }],
  ['张三 有意向 拒绝', { response: null }],
  ['张三', { named: '张三', response: null }],
  [
    'Zhang interested payroll Friday',
    { named: 'Zhang', needs: ['payroll'], nextDate: '2026-11-27' },
  ],
])('reads "%s"', (line, expected) => {
  expect(readTag(line, AT)).toMatchObject(expected)
})

test.each(['张三 有意向 几十万', '张三 有意向 下周'])(
  'does not guess what "%s" leaves open',
  (line) => {
    expect(readTag(line, AT)).toMatchObject({ zh: expect.stringContaining('不确定') })
  },
)

test('a campaign is reminded of once at half time and once before its end, on workdays', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 8, max: 300 }),
      (from, length) => {
        const startsOn = addDays(day('2026-01-01'), from)
        const plan = { startsOn, endsOn: addDays(startsOn, length) }
        const days = Array.from({ length: length + 1 }, (_, index) => addDays(startsOn, index))
        const notices = days.flatMap((date) => {
          const notice = noticeOn(plan, date, workdays)
          return notice ? [{ date, notice }] : []
        })
        // From 15 to 23 February 2026 nobody works at all.
        const worked = days.some((date) => workdays.isWorkday(date))
        const endings = notices.filter(({ notice }) => notice === 'ending')
        expect(endings.length).toBe(worked ? 1 : 0)
        expect(notices.filter(({ notice }) => notice === 'half-time').length).toBeLessThanOrEqual(1)
        for (const { date } of notices) expect(workdays.isWorkday(date)).toBe(true)
      },
    ),
    {
      examples: [
        [273, 8],
        [45, 8],
      ],
    },
  )
})

test('what has ended or was withdrawn moves nowhere', () => {
  for (const status of ['ended', 'withdrawn'] as const) {
    for (const move of MOVE_NAMES) {
      const campaign = { status, name: '旺季', endsOn: MONDAY } as Parameters<typeof afterMove>[0]
      expect(afterMove(campaign, move, { needsApproval: false, today: MONDAY })).toHaveProperty(
        'because',
      )
    }
  }
})

test('the numbers drawn are the numbers given', () => {
  const counts = fc.record({
    reached: fc.nat(9999),
    responded: fc.nat(9999),
    interested: fc.nat(9999),
    applied: fc.nat(9999),
    granted: fc.nat(9999),
  })
  fc.assert(
    fc.property(counts, fc.array(counts, { maxLength: 12 }), (totals, rows) => {
      const funnel = funnelOption('旺季', totals, zh) as { series: { data: { value: number }[] }[] }
      expect(funnel.series[0]?.data.map(({ value }) => value)).toEqual(
        STEPS.map((step) => totals[step]),
      )
      const lines = rows.map((row, index) => ({ ...row, key: `${index}`, label: `${index}` }))
      for (const by of ['manager', 'day'] as const) {
        const drawn = linesOption('旺季', by, lines, zh) as { series: { data: number[] }[] }
        expect(drawn.series.map(({ data }) => data)).toEqual([
          rows.map(({ reached }) => reached),
          rows.map(({ interested }) => interested),
        ])
      }
    }),
  )
})
