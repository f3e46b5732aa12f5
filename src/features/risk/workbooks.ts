import type { Block } from '../../core/card.ts'
import { type Language, speaker } from '../../core/text.ts'
import { type Column, writeWorkbook } from '../../infra/sheets/spreadsheet.ts'

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
