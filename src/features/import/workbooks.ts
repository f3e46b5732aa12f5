import type { Block } from '../../core/card.ts'
import type { Role } from '../../core/staff.ts'
import { inLanguage, type Language, speaker } from '../../core/text.ts'
import { type Column as SheetColumn, writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import { MARKER as QUOTAS } from '../quotas/quota-sheet.ts'
import { FAULT, isFaultTitle } from '../risk/headings.ts'
import { MARKERS as RISK } from '../risk/workbooks.ts'
import { COLUMNS, type Column, columnBarred } from './columns/columns.ts'
import { HISTORY_COLUMNS } from './columns/history-columns.ts'
import type { ColumnSpec } from './columns/rules.ts'
import { reasonText } from './labels.ts'
import type { ReturnedRow } from './rejects-store.ts'
import type { ImportKind, ImportRecord } from './rules.ts'

/** By which the workbooks that we hand out are known when they come back. */
export const MARKERS: Readonly<Record<ImportKind, string>> = {
  clients: 'clients',
  negative: RISK.list,
  exit: RISK.exit,
  quotas: QUOTAS,
  accounts: 'accounts',
}

/** A workbook as a file of a card. */
export const fileBlock = async (
  name: string,
  marker: string,
  sheets: Parameters<typeof writeWorkbook>[0]['sheets'],
): Promise<Block> => {
  const bytes = await writeWorkbook({ marker, sheets })
  return { kind: 'file', name: `${name}.xlsx`, base64: bytes.toString('base64') }
}

/** The columns of the empty workbook, the usual ones. */
const OFFERED: readonly Column[] = [
  ...([
    'name',
    'businessName',
    'phone',
    'id',
    'code',
    'ownerCode',
    'owner',
    'kind',
    'source',
  ] as const),
  ...(['region', 'cluster', 'industry', 'address', 'licenceEnds', 'account', 'product'] as const),
  ...(['limit', 'balance', 'opened', 'creditEnds', 'held', 'note'] as const),
]

function asColumn({ label, kind, words }: ColumnSpec, language: Language): SheetColumn {
  const holds = kind === 'day' || kind === 'last-day' ? 'day' : 'text'
  const options = words && Object.keys(words).filter((word) => !/^[\w-]+$/.test(word))
  const once = options?.filter(
    (word, at) => options.findIndex((other) => words?.[other] === words?.[word]) === at,
  )
  return {
    title: inLanguage(label, language),
    width: Math.max(12, label.zh.length * 2 + 4),
    ...(kind !== 'yuan' && kind !== 'share' && { holds }),
    ...(once && once.length > 0 && { options: once }),
  }
}

/** An empty workbook with the columns that somebody of this role may fill in. */
export function templateBlock(role: Role, language: Language): Promise<Block> {
  const say = speaker(language)
  const offered = OFFERED.filter((column) => !columnBarred(role, column))
  const history = Object.values(HISTORY_COLUMNS).filter(({ label }) => label.zh !== '授信账号')
  return fileBlock(say('客户导入', 'clients'), MARKERS.clients, [
    {
      name: say('客户', 'clients'),
      columns: offered.map((column) => asColumn(COLUMNS[column], language)),
      rows: [],
    },
    {
      name: say('历史', 'history'),
      columns: history.map((spec) => asColumn(spec, language)),
      rows: [],
    },
  ])
}

/** The rows that were not taken, as they came, each with the reason beside it, to be mended and sent back. */
export function rejectsBlock(
  { mapping: { tables }, kind }: Pick<ImportRecord, 'mapping' | 'kind'>,
  rows: readonly ReturnedRow[],
  language: Language,
): Promise<Block> {
  const say = speaker(language)
  const sheets = tables.flatMap(({ sheet, columns }, at) => {
    const own = rows.filter((row) => row.sheet === at)
    const kept = columns.filter(({ title }) => title && !isFaultTitle(title))
    if (own.length === 0) return []
    const titles = kept.map(({ title }): SheetColumn => ({ title, width: 18, holds: 'text' }))
    return [
      {
        name: sheet.slice(0, 31),
        columns: [...titles, { title: FAULT[language], width: 60 }],
        rows: own.map(({ cells, faults, reason }) => [
          ...kept.map(({ place }) => cells[place] ?? null),
          [...(faults ?? []), ...(reason ? [reasonText(reason)] : [])]
            .map((why) => inLanguage(why, language))
            .join(' '),
        ]),
      },
    ]
  })
  return fileBlock(say('没有采用的行', 'rows not taken'), MARKERS[kind], sheets)
}
