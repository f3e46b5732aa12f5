import { describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { HEADINGS, readQuotas } from '../../../src/features/quotas/quota-row.ts'
import { MEASURES } from '../../../src/features/quotas/rules.ts'
import { tableIn } from '../../../src/infra/sheets/headings.ts'
import type { Cell } from '../../../src/infra/sheets/spreadsheet.ts'

/** What the first row says, its faults, or that it is no such sheet. */
function read(cells: readonly (readonly Cell[])[]) {
  const rows = cells.map((each, at) => {
    return { number: at + 1, hidden: false, faults: new Map(), cells: each }
  })
  const table = tableIn({ name: '指标', hidden: false, rows }, HEADINGS, MEASURES)
  const isSheet = table && (['span', 'code'] as const).every((each) => table.places.has(each))
  const [first] = table?.rows ?? []
  return isSheet && !table.twice && first
    ? readQuotas(first, table.places, day('2026-11-26'))
    : null
}
const set = { visits: 20, 'new-clients': 8 }
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
  ])('%s is read by its headings', (_name, cells) =>
    expect(read(cells)).toEqual({ span: '2026-12', code: 'M001', targets: set }),
  )

  test.each<[string, Cell[][]]>([
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
  ])('%s is none', (_name, cells) => expect(read(cells)).toBeNull())

  test.each<[Cell]>([[true], [false], ['二十'], [1.5], [-1], ['1e3'], ['#N/A']])(
    '%j is no quota',
    (cell) =>
      expect(
        read([
          ['月份', '代码', '走访'],
          ['2026-12', 'M001', cell],
        ]),
      ).toMatchObject([{ zh: '走访应为 0 到 100,000 的整数。' }]),
  )

  test('a quarter or a year is written where the month is, an amount in yuan or as people say it', () => {
    const row = (span: string, amount: Cell) =>
      read([
        ['月份', '代码', '放款额(元)'],
        [span, 'M001', amount],
      ])
    const targets = { 'granted-amount': 3_000_000 }
    expect(row('2026-Q4', 3_000_000)).toMatchObject({ span: '2026-Q4', targets })
    expect(row('2027', '300万')).toMatchObject({ span: '2027', targets })
    expect(row('2026Q3', 1)).toMatchObject([{ zh: '月份"2026Q3"已过去。' }])
    expect(row('2027', '很多')).toMatchObject([
      { en: 'granted amount must be 0 or whole yuan, such as 3000000.' },
    ])
  })

  test('every fault of a row is named at once', () => {
    const cells = [
      ['月份', '代码', '走访', '新客'],
      ['2026-10', '', 1.5, 'x'],
    ]
    expect(read(cells)).toHaveLength(4)
  })
})
