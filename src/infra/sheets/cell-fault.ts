import { type Text, text } from '../../core/text.ts'
import { isErrorValue, textOf } from './cells.ts'
import type { Row } from './spreadsheet.ts'

/** What is wrong with a cell whatever its column holds; null: nothing, or there is no such column. */
export function faultOf({ cells, faults }: Row, place: number | undefined): Text | null {
  if (place === undefined) return null
  const cell = cells[place] ?? null
  const fault = faults.get(place)
  if (fault === 'formula') {
    return text(
      '公式没有算出结果，请在表格软件里打开并保存后再发。',
      'A formula was never calculated; open and save the file in a spreadsheet program and send it again.',
    )
  }
  const said = textOf(cell)
  if (fault === 'error' || isErrorValue(said)) {
    return text(`"${said}"是表格里的错误值。`, `"${said}" is an error value of the spreadsheet.`)
  }
  return /^(?:true|false)$/i.test(said)
    ? text(`"${said}"不是内容，请写清楚。`, `"${said}" says nothing here; please write it out.`)
    : null
}
