import { describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { Refusal } from '../../../src/core/decision.ts'
import { quotaRows } from '../../../src/features/quotas/quota-rows.ts'
import type { Cell } from '../../../src/infra/sheets/spreadsheet.ts'

const HOLDERS = [{ whose: { staffId: 'a' }, code: 'M001', name: '周龙' }]
function read(cells: readonly (readonly Cell[])[], hiddenRow = 0) {
  const rows = cells.map((each, at) => {
    return { number: at + 1, hidden: at + 1 === hiddenRow, faults: new Map(), cells: each }
  })
  const sheets = [{ name: '指标', hidden: false, rows }]
  return quotaRows({ marker: 'quotas', sheets }, HOLDERS, day('2026-11-26'))
}
const set = { visits: 20, 'new-clients': 8 }
const targets = (found: ReturnType<typeof read>) =>
  found instanceof Refusal
    ? found
    : Object.fromEntries(found[0]?.targets.map((each) => [each.measure, each.target]) ?? [])

describe('a sheet of quotas', () => {
  test.each<[string, Cell[][]]>([
    [
      'as it was',
      [
        ['月份', '代码', '名称', '走访', '新客'],
        ['2026-12', 'M001', '周龙', 20, 8],
      ],
    ],
    [
      'without names',
      [
        ['月份', '代码', '走访', '新客'],
        ['2026-12', 'M001', 20, 8],
      ],
    ],
    [
      'in another order',
      [
        ['代码', '新客', '走访', '月份'],
        ['M001', 8, 20, '2026-12-01'],
      ],
    ],
    [
      'below a title',
      [['十二月'], ['月份', '代码', '走访 ', '新客*'], ['2026-12', 'M001', '20', 8]],
    ],
    [
      'in English',
      [
        ['month', 'code', 'visits', 'new clients'],
        ['2026-12', 'M001', 20, 8],
      ],
    ],
  ])('%s is read by its headings', (_name, cells) => expect(targets(read(cells))).toEqual(set))

  test.each<[string, Cell[][], number?]>([
    [
      'without codes',
      [
        ['月份', '走访'],
        ['2026-12', 20],
      ],
    ],
    [
      'without months',
      [
        ['代码', '走访'],
        ['M001', 20],
      ],
    ],
    [
      'with a column twice',
      [
        ['月份', '代码', '走访', '走访'],
        ['2026-12', 'M001', 20, 8],
      ],
    ],
    [
      'with an unknown column',
      [
        ['月份', '代码', '走访量'],
        ['2026-12', 'M001', 20],
      ],
    ],
    [
      'with hidden rows',
      [
        ['月份', '代码', '走访'],
        ['2026-12', 'M001', 20],
      ],
      2,
    ],
  ])('%s is refused', (_name, cells, hidden) => expect(read(cells, hidden)).toBeInstanceOf(Refusal))

  test.each<[Cell]>([[true], [false], ['二十'], [1.5], [-1], ['1e3'], ['#N/A']])(
    '%j is no quota',
    (cell) =>
      expect(
        read([
          ['月份', '代码', '走访'],
          ['2026-12', 'M001', cell],
        ]),
      ).toMatchObject([{ fault: '走访应为整数' }]),
  )

  test('one person twice in a month is a fault', () => {
    const row = (target: number) => ['2026-12', 'M001', target]
    expect(read([['月份', '代码', '走访'], row(20), row(30)])).toMatchObject([
      { fault: null },
      { fault: '和第 2 行重复（M001）' },
    ])
  })
})
