import { describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import { day } from '../../../src/core/calendar/time.ts'
import { answerCard } from '../../../src/features/questions/cards.ts'
import { question } from '../../../src/features/questions/rules.ts'

const LINE = {
  ...{ clientId: null, name: '张三', businessName: '顺发五金店', tier: 'A', sort: 'existing' },
  ...{ phone: '+8613490010001', on: day('2026-11-20'), amount: 300_000, product: null, note: null },
  by: '周敏',
}
const TOLD = {
  ...{ today: day('2026-11-23'), catalogue: [], kinds: [], language: 'zh' as const },
  reach: { zh: '一队的', en: "Team 1's" },
}

describe('an answer', () => {
  const listed = (shared: boolean, several: boolean) =>
    render(
      answerCard({
        question: question.parse({
          of: 'clients',
          as: 'list',
          where: [{ by: 'tier', among: ['A'] }],
        }),
        found: { kind: 'lines', lines: [LINE], total: 1, clients: new Map() },
        told: TOLD,
        ...{ shared, several },
      }),
    )

  test('shows phone numbers, but masks them where several people read', () => {
    expect(listed(false, false)).toContain('A类 · 一队的客户：1 户')
    expect(listed(false, false)).toContain('134 9001 0001')
    expect(listed(true, false)).toContain('134****0001')
    expect(listed(true, false)).not.toContain('9001 0001')
  })

  test('names whose each is, where it is of several', () => {
    expect(listed(false, true)).toContain('周敏')
    expect(listed(false, false)).not.toContain('周敏')
  })

  test('says how many amounts a sum lacks', () => {
    const card = answerCard({
      question: question.parse({ of: 'needs', as: 'sum' }),
      found: { kind: 'count', found: { count: 3, amount: 500_000, known: 2 } },
      told: TOLD,
      ...{ shared: false, several: true },
    })
    expect(render(card)).toContain('一队的需求：50万（3 个，其中 1 没有金额）')
  })
})
