import fc from 'fast-check'
import { expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { itemsOf } from '../../../src/core/card.ts'
import { openCard } from '../../../src/features/handover/row-cards.ts'
import type { Row } from '../../../src/features/handover/rules.ts'
import { momentOf } from '../../support/moment.ts'

const rowOf = (number: number): Row => ({
  ...{ id: `row ${number}`, number, status: 'sent', unitPath: '/HQ/D/', sentOn: day('2026-11-23') },
  ...{ needId: `need ${number}`, clientName: '张三', businessName: null, phone: null },
  ...{ product: 'settlement-card', amount: null, wantedOn: null, urgency: 'soon', note: null },
  ...{ registeredBy: 'M1', registeredByName: '周敏', answeredBy: null, answeredByName: null },
  said: null,
})

test('page by page every row stands once, and the button counts those that are left', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 45 }), (count) => {
      const rows = Array.from({ length: count }, (_, index) => rowOf(index + 1))
      const seen: string[] = []
      for (let from: number | null = 0; from !== null; ) {
        const { title, blocks } = openCard(rows, from, momentOf('2026-11-24T09:00:00+08:00'), 'zh')
        expect(title).toBe(`待办的移交 ${count} 条`)
        for (const block of blocks) {
          if (block.kind === 'list') seen.push(...itemsOf(block).map(({ mark }) => mark ?? ''))
        }
        const [more] = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
        expect(more?.label ?? '还有 0 条').toBe(`还有 ${count - seen.length} 条`)
        from = more ? (more.intent.input as { from: number }).from : null
      }
      expect(seen).toEqual(rows.map(({ number }) => `${number}`))
    }),
  ))
