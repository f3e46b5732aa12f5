import type { Cell, SheetToWrite } from '../../../infra/sheets/spreadsheet.ts'
import { INDUSTRIES } from '../../registers/industries.ts'
import {
  FACT_NAMES,
  type FactName,
  factKind,
  INDUSTRY_CLASSES,
  rangeOf,
} from '../../tier-rules/facts.ts'
import { type Condition, partsOf, type Standard } from '../../tier-rules/standard.ts'
import {
  AGE_UNITS,
  CLIENTS,
  factCell,
  KINDS,
  NO,
  OTHERWISE,
  SHEETS,
  type SheetKey,
  TERMS,
  wordCell,
  YES,
} from './sheets.ts'

/** A standard as the sheets of a workbook; `fromWorkbook` reads them back to the same. */
export function toWorkbook(standard: Standard): SheetToWrite[] {
  const { kind, version, tiers, conditions, params, assumed, ages, industries, otherwise, ladder } =
    standard
  return [
    sheet('about', [
      [CLIENTS, KINDS[kind]],
      ['版本 Version', version],
      [
        '怎么用',
        '改好后把文件发给晨会，就成为草稿；金额写元，比例写 0 到 1 或 70%，可用的事实见最后一张表。',
      ],
      [
        'How',
        'Change it and send the file to Chenhui: it becomes the draft. Amounts in yuan, ratios from 0 to 1 or 70%; the last sheet lists the facts.',
      ],
    ]),
    sheet('tiers', [
      ...tiers.map(({ tier, when, alsoAs }) => [
        tier,
        TERMS[when],
        alsoAs ?? null,
        ladder.includes(tier) ? ladder.indexOf(tier) + 1 : null,
      ]),
      [otherwise.none, OTHERWISE.none, null, null],
      [otherwise.open, OTHERWISE.open, null, null],
    ]),
    sheet(
      'criteria',
      tiers.flatMap(({ tier, criteria }) =>
        criteria.flatMap(({ id, label, test, attainable }) =>
          rowsOf(test, '').map(({ part, label: own, cells }) => [
            tier,
            id,
            part,
            part ? (own?.zh ?? null) : label.zh,
            part ? (own?.en ?? null) : label.en,
            ...cells,
            part ? null : attainable ? YES : NO,
          ]),
        ),
      ),
    ),
    sheet(
      'conditions',
      Object.entries(conditions).flatMap(([name, test]) =>
        rowsOf(test, '').map(({ part, label, cells }) => [
          name,
          part,
          label?.zh ?? null,
          label?.en ?? null,
          ...cells,
        ]),
      ),
    ),
    sheet(
      'params',
      Object.entries(params).map(([name, { value, label }]) => [name, label.zh, label.en, value]),
    ),
    sheet(
      'assumed',
      FACT_NAMES.filter((name) => assumed[name] !== undefined).map((name) => [
        factCell(name),
        assumed[name] ? YES : NO,
      ]),
    ),
    sheet(
      'ages',
      FACT_NAMES.flatMap((name): Cell[][] => {
        const age = ages[name]
        if (!age) return []
        return 'days' in age
          ? [[factCell(name), age.days, AGE_UNITS.days]]
          : [[factCell(name), age.months, AGE_UNITS.months]]
      }),
    ),
    sheet(
      'industries',
      INDUSTRIES.map(({ code, name }) => {
        const mark = industries[code]
        return [code, name, mark ? wordCell(mark) : null]
      }),
    ),
    sheet(
      'facts',
      FACT_NAMES.map((name) => [factCell(name), UNITS[factKind(name)], valuesOf(name)]),
    ),
  ]
}

const OPTIONS: Partial<Record<string, readonly string[]>> = {
  [SHEETS.tiers.columns[1]]: [TERMS.all, TERMS.any],
  [SHEETS.criteria.columns[6]]: Object.values(TERMS),
  [SHEETS.criteria.columns[8]]: [YES, NO],
  [SHEETS.assumed.columns[1]]: [YES, NO],
  [SHEETS.ages.columns[2]]: Object.values(AGE_UNITS),
  [SHEETS.industries.columns[2]]: INDUSTRY_CLASSES.map(wordCell),
}

const sheet = (key: SheetKey, rows: readonly (readonly Cell[])[]): SheetToWrite => ({
  name: SHEETS[key].name,
  columns: SHEETS[key].columns.map((title) => {
    const options = OPTIONS[title]
    return options ? { title, options } : { title }
  }),
  rows,
})

/** The row of a condition and below it those of its parts: 1, 2, 2.1 … */
function rowsOf(
  test: Condition,
  part: string,
): { part: string | null; label: Condition['label']; cells: [Cell, Cell, Cell] }[] {
  const parts = partsOf(test).flatMap((each, place) =>
    rowsOf(each, part ? `${part}.${place + 1}` : String(place + 1)),
  )
  return [{ part: part || null, label: test.label, cells: cellsOf(test) }, ...parts]
}

/** Fact, comparison, limit. */
function cellsOf(test: Condition): [Cell, Cell, Cell] {
  if ('all' in test) return [null, TERMS.all, null]
  if ('any' in test) return [null, TERMS.any, null]
  if ('use' in test) return [null, TERMS.use, test.use]
  if ('sum' in test) return [test.sum.map(factCell).join(' + '), TERMS.atLeast, test.atLeast]
  const fact = factCell(test.fact)
  if ('is' in test) return [fact, TERMS.is, test.is ? YES : NO]
  if ('oneOf' in test) return [fact, TERMS.oneOf, test.oneOf.map(wordCell).join(' / ')]
  if ('between' in test) return [fact, TERMS.between, test.between.join(' ~ ')]
  if ('atLeast' in test) return [fact, TERMS.atLeast, test.atLeast]
  if ('atMost' in test) return [fact, TERMS.atMost, test.atMost]
  if ('above' in test) return [fact, TERMS.above, test.above]
  return [fact, TERMS.below, test.below]
}

const UNITS: Record<ReturnType<typeof factKind>, string> = {
  'yes-no': '是/否 yes or no',
  yuan: '元 yuan',
  ratio: '比例 ratio',
  months: '月 months',
  age: '岁 years',
  country: '国家代码 ISO 3166',
  industry: '行业类别 class',
}

function valuesOf(name: FactName): string {
  const range = rangeOf(name)
  if (range) return range.join(' ~ ')
  if (name === 'industryClass') return INDUSTRY_CLASSES.map(wordCell).join(' / ')
  return factKind(name) === 'yes-no' ? `${YES} / ${NO}` : 'CN'
}
