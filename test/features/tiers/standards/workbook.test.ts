/** @module-tag slow */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SHIPPED_PROSPECT } from '../../../../src/features/tier-rules/shipped-prospect.ts'
import { SHIPPED_EXISTING } from '../../../../src/features/tier-rules/shipped-standards.ts'
import type { Standard } from '../../../../src/features/tier-rules/standard.ts'
import { faultsOf } from '../../../../src/features/tiers/checks/faults.ts'
import { fromWorkbook } from '../../../../src/features/tiers/standards/from-workbook.ts'
import { toWorkbook } from '../../../../src/features/tiers/standards/to-workbook.ts'
import { sheetsOf } from '../../../../src/infra/sheets/reading/workbook.ts'
import {
  type Cell,
  type Row,
  readWorkbook,
  type Sheet,
  type SheetToWrite,
  writeWorkbook,
} from '../../../../src/infra/sheets/spreadsheet.ts'
import { anyStandard } from '../../tier-rules/any-standard.ts'

/** Through a real file and back. */
async function reread(sheets: SheetToWrite[]) {
  const bytes = await writeWorkbook({ marker: 'tier-standard', sheets })
  return fromWorkbook(await readWorkbook('标准.xlsx', bytes))
}

test.each([SHIPPED_EXISTING, SHIPPED_PROSPECT])(
  'the shipped standard comes back from its workbook as it was',
  async (standard) => {
    expect(await reread(toWorkbook(standard))).toEqual({ standard })
  },
)

/** As `readWorkbook`, in this thread: to start one for each takes thirty times as long as to read. */
async function rereadHere(sheets: SheetToWrite[]) {
  const bytes = await writeWorkbook({ marker: 'tier-standard', sheets })
  const read: Sheet[] = []
  for await (const { rows, ...head } of sheetsOf(bytes)) {
    const kept: Row[] = []
    for await (const row of rows) kept.push(row)
    read.push({ ...head, rows: kept })
  }
  return fromWorkbook({ marker: 'tier-standard', sheets: read })
}

test('any standard comes back as it was, or is refused for what is wrong with it', async () => {
  await fc.assert(
    fc.asyncProperty(anyStandard, async (drawn) => {
      const wrong = faultsOf(drawn).map(({ because }) => because)
      const read = await rereadHere(toWorkbook(drawn))
      if (wrong.length === 0) expect(read).toEqual({ standard: drawn })
      else expect('faults' in read && read.faults.map(({ because }) => because)).toEqual(wrong)
    }),
    { numRuns: 60 },
  )
})

describe('a fault is named by sheet, row and column', () => {
  /** The first sheet of that name with one cell changed, rows counted as a program shows them. */
  const changed = (
    name: string,
    row: number,
    column: number,
    cell: Cell,
    standard: Standard = SHIPPED_EXISTING,
  ) =>
    toWorkbook(standard).map((sheet) =>
      sheet.name === name
        ? {
            ...sheet,
            rows: sheet.rows.map((cells, index) =>
              index + 2 === row ? cells.map((old, at) => (at === column ? cell : old)) : cells,
            ),
          }
        : sheet,
    )
  const [CRITERIA, GROUPS] = ['条件 Criteria', '条件组 Conditions']

  const sheetOf = toWorkbook(SHIPPED_EXISTING).find(({ name }) => name === CRITERIA)
  const A5 = (sheetOf?.rows.findIndex((cells) => cells[1] === 'A5') ?? 0) + 2

  test.each<[string, SheetToWrite[], [string, number | null, string | null, string]]>([
    [
      'a fact that is none',
      changed(CRITERIA, 3, 5, '信用不好'),
      [CRITERIA, 3, '事实 Fact', '没有事实 "信用不好"，见表"事实 Facts"'],
    ],
    [
      'a comparison that is none',
      changed(CRITERIA, 3, 6, '大于等于'),
      [CRITERIA, 3, '比较 Comparison', '看不懂 "大于等于"，请从下拉里选'],
    ],
    [
      'a limit that is neither a number nor a parameter',
      changed(CRITERIA, A5, 7, '很多'),
      [CRITERIA, A5, '限值 Limit', '"很多" 不是数，也不是参数'],
    ],
    [
      'a limit out of range',
      changed(CRITERIA, A5, 7, -2_000_000_000_000),
      [CRITERIA, A5, '限值 Limit', '净资产 的限值 -2000000000000 超出'],
    ],
    [
      'a criterion of no tier',
      changed(CRITERIA, 2, 0, 'G'),
      [CRITERIA, 2, '层级 Tier', '没有层级 "G"'],
    ],
    [
      'a part of nothing',
      changed(GROUPS, 4, 1, '7.1'),
      [GROUPS, 4, '分项 Part', '上面没有它所属的一行'],
    ],
    [
      'a parameter that is no number',
      changed('参数 Parameters', 2, 3, '三百万'),
      ['参数 Parameters', 2, '值 Value', '应为数'],
    ],
    [
      'a parameter out of range',
      changed('参数 Parameters', 2, 3, -9_000_000_000_000),
      ['参数 Parameters', 2, '值 Value', '的限值 -9000000000000 超出'],
    ],
    [
      'a missing answer for the rest',
      changed('层级 Tiers', 8, 1, '全部满足 all of'),
      ['层级 Tiers', null, '条件满足 Criteria', '缺少"都不满足 none is met"一行'],
    ],
    [
      'a missing sheet',
      toWorkbook(SHIPPED_EXISTING).filter(({ name }) => name !== '假定 Assumptions'),
      ['假定 Assumptions', null, null, '缺少这张表'],
    ],
    ['a missing label', changed(CRITERIA, 2, 3, null), [CRITERIA, 2, '说明 Chinese', '不能空']],
  ])('%s', async (_what, sheets, [sheet, row, column, because]) => {
    const read = await reread(sheets)
    if (!('faults' in read)) throw new Error('no fault was found')
    expect(read.faults).toContainEqual({
      sheet,
      row,
      column,
      because: expect.objectContaining({ zh: expect.stringContaining(because) }),
    })
  })
})
