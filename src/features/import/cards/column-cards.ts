import type { Block } from '../../../core/card.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import { isFaultTitle } from '../../risk/headings.ts'
import { columnsOf, exampleIn } from '../columns/choices.ts'
import type { ImportRecord } from '../rules.ts'

/** Columns that are shown with an example. */
const MOST_COLUMNS = 20

/** How the columns of a book were understood, and what of it was not read. */
export function columnBlocks({ mapping, staffId }: ImportRecord, language: Language): Block[] {
  const say = speaker(language)
  const several = mapping.tables.length > 1
  const recalled = mapping.tables.flatMap((table) => table.recalled ?? [])[0]
  const tables = mapping.tables.map((table): Block => {
    const { sheet, columns } = table
    const heading = say('表里的列', 'Column')
    return {
      kind: 'table',
      columns: [
        several ? `${heading} · ${sheet}` : heading,
        say('读作', 'Read as'),
        say('例如', 'Example'),
      ],
      rows: columns
        .filter(({ column, barred }) => column && !barred)
        .slice(0, MOST_COLUMNS)
        .map(({ title, place, column }) => [
          title,
          inLanguage(columnsOf(table.kind)[column ?? '']?.label ?? { zh: '', en: '' }, language),
          exampleIn(table, place),
        ]),
    }
  })
  const asLastTime =
    recalled &&
    say(
      `按上次的列（${recalled.by} ${recalled.on}）。`,
      `Columns as last time (${recalled.by}, ${recalled.on}).`,
    )
  const hint = say(
    '哪一列读错了就说，例如"列 客户名=姓名"，不要的列"列 备注=不要"。',
    'If a column is taken for another, say "column customer=name", or "column notes=none" for none.',
  )
  return [
    ...tables,
    ...notReadBlock(mapping, language),
    textOf([asLastTime, staffId !== null && hint]),
  ]
}

function notReadBlock(mapping: ImportRecord['mapping'], language: Language): Block[] {
  const say = speaker(language)
  const all = mapping.tables.flatMap(({ columns }) => columns)
  const unread = all
    .filter(({ column, title }) => column === null && !isFaultTitle(title))
    .map(({ title }) => `"${title}"`)
  const barred = all.filter((each) => each.barred)
  const why = barred[0]?.barred
  const join = say('、', ', ')
  const lines = [
    unread.length > 0 &&
      say(`没有读的列：${unread.join(join)}。`, `Columns not read: ${unread.join(join)}.`),
    why &&
      say(
        `没有采用的列：${barred.map(({ title }) => `"${title}"`).join(join)}（${why.zh}）`,
        `Columns not taken: ${barred.map(({ title }) => `"${title}"`).join(join)} (${why.en})`,
      ),
    mapping.sheets.length > 0 &&
      say(
        `没有读的工作表：${mapping.sheets.join(join)}。`,
        `Sheets not read: ${mapping.sheets.join(join)}.`,
      ),
    mapping.hiddenRows > 0 &&
      say(
        `有 ${mapping.hiddenRows} 行被筛选隐藏，没有采用；要用就取消筛选再发一次。`,
        `Hidden rows: ${mapping.hiddenRows}; they were not taken. Show them and send the file again to take them.`,
      ),
    mapping.below.length > 0 &&
      say(
        `合计或落款，没有采用：${mapping.below.slice(0, 5).join(join)} 行。`,
        `Sums or signatures, not taken: rows ${mapping.below.slice(0, 5).join(join)}.`,
      ),
  ]
  return lines.some(Boolean) ? [textOf(lines)] : []
}

/** A block of the lines that there are. */
export const textOf = (lines: readonly (string | false | null | undefined)[]): Block => ({
  kind: 'text',
  text: lines.filter(Boolean).join('\n'),
})
