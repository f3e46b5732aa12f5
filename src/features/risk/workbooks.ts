import type { Context } from '../../bot/command.ts'
import { uploadedWorkbook } from '../../bot/inbox/uploads.ts'
import type { Block } from '../../core/card.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import { inLanguage, type Language, speaker, type Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type Column, writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import { FAULT, isFaultTitle } from './headings.ts'
import { type PeopleRows, readPeople } from './people-rows.ts'
import type { RowFault } from './rules.ts'

/** By which the workbooks that we hand out are known when they come back. */
export const MARKERS = { list: 'negative-list', exit: 'exit-list' } as const

async function fileBlock(
  name: string,
  marker: string | null,
  columns: readonly Column[],
  rows: Parameters<typeof writeWorkbook>[0]['sheets'][0]['rows'],
): Promise<Block> {
  const bytes = await writeWorkbook({ marker, sheets: [{ name, columns, rows }] })
  return { kind: 'file', name: `${name}.xlsx`, base64: bytes.toString('base64') }
}

/** An empty workbook to fill in. */
export function template(kind: keyof typeof MARKERS, language: Language): Promise<Block> {
  const say = speaker(language)
  const numbers: Column[] = [
    { title: say('姓名', 'Name'), width: 14 },
    { title: say('手机号', 'Phone'), width: 18, holds: 'text' },
    { title: say('身份证号', 'ID number'), width: 24, holds: 'text' },
    { title: say('统一社会信用代码', 'Social credit code'), width: 24, holds: 'text' },
    { title: say('理由', 'Reason'), width: 40 },
  ]
  const until: Column = { title: say('到期日', 'Until'), width: 14, holds: 'day' }
  return kind === 'list'
    ? fileBlock(say('负面清单', 'negative list'), MARKERS.list, [...numbers, until], [])
    : fileBlock(
        say('退出名单', 'exit list'),
        MARKERS.exit,
        [...numbers, { title: say('证据', 'Evidence'), width: 30 }, until],
        [],
      )
}

/** The rows that could not be used, as they came, each with the reason beside it. */
function rejected(
  kind: keyof typeof MARKERS,
  { headings }: PeopleRows,
  faults: readonly RowFault[],
  language: Language,
): Promise<Block> {
  const say = speaker(language)
  const kept = headings
    .map((cell, place) => ({ title: String(cell ?? ''), place }))
    .filter(({ title }) => !isFaultTitle(title))
  const titles = kept.map(({ title }): Column => ({ title, width: 18, holds: 'text' }))
  return fileBlock(
    say('没有采用的行', 'rows not taken'),
    MARKERS[kind],
    [...titles, { title: FAULT[language], width: 40 }],
    faults.map(({ cells, why }) => [
      ...kept.map(({ place }) => cells[place] ?? null),
      inLanguage(why, language),
    ]),
  )
}

/** Faults in one message. */
const MOST_SAID = 3

/** The first faults in a message, by row. */
function faultLines(faults: readonly RowFault[], language: Language): string {
  const say = speaker(language)
  const more = faults.length - MOST_SAID
  return faults
    .slice(0, MOST_SAID)
    .map(({ number, why }) => say(`第 ${number} 行：${why.zh}`, `Row ${number}: ${why.en}`))
    .concat(more > 0 ? [say(`还有 ${more} 行，见表格。`, `${more} more in the workbook.`)] : [])
    .join('\n')
}

/** What was taken; null: nothing was. The rows that were not, in a workbook to be mended and sent back. */
export async function takenBlocks(
  kind: keyof typeof MARKERS,
  taken: string | null,
  read: PeopleRows,
  language: Language,
): Promise<Block[]> {
  const { faults } = read
  const say = speaker(language)
  const first = taken ?? say('没有可以采用的行。', 'No row could be used.')
  const head = [first, ...read.left.map((line) => inLanguage(line, language))].join('\n')
  if (faults.length === 0) return [{ kind: 'text', text: head }]
  const left = say(
    `${faults.length} 行没有采用，改好后把下面的表格发回即可：`,
    `Rows not taken: ${faults.length}. Mend them in the workbook below and send it back:`,
  )
  return [
    { kind: 'text', text: [head, left, faultLines(faults, language)].join('\n') },
    await rejected(kind, read, faults, language),
  ]
}

/** The people of a workbook that somebody sent; refuses one that says of nobody who they are. */
export async function peopleIn(
  tx: Queries,
  uploadId: string,
  { who, at }: Pick<Context, 'who' | 'at'>,
  template: Text,
): Promise<PeopleRows | Refusal> {
  const workbook = await uploadedWorkbook(tx, uploadId, who.id)
  if (workbook instanceof Refusal) return workbook
  return (
    readPeople(workbook, at.today) ??
    refuse(
      `表格里没有手机号、身份证号或统一社会信用代码这样的列。发"${template.zh}"得到模板。`,
      `The workbook has no column for phone, ID number or social credit code. Say "${template.en}" for one.`,
    )
  )
}
