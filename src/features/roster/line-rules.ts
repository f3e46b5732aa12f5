import { text } from '../../core/text.ts'
import { codeOf } from '../catalogue/names.ts'
import { OWN_LINE } from '../catalogue/rules.ts'
import {
  type Fault,
  faultAt,
  type Line,
  type LineColumn,
  type SaidRow,
  sameCode,
  type Unit,
  unitMeant,
} from './rules.ts'

/**
 * The lines of business with their departments as the rows say, and those on file that no row names; with
 * what is wrong with them.
 */
export function linesOf(
  rows: readonly SaidRow<LineColumn>[],
  units: readonly Unit[],
  onFile: readonly Line[],
): { readonly lines: readonly Line[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const lines = new Map(onFile.map((line) => [line.code, line]))
  const said = new Map<string, SaidRow<LineColumn>>()
  for (const row of rows) {
    const { line: name = '', department: named = '' } = row.says
    if (!name || name.length > 30) {
      faults.push(faultAt(row, 'line', NO_NAME))
      continue
    }
    const known = onFile.find((line) => line.name === name || sameCode(line.code, name))
    const code = known?.code ?? codeOf(name)
    const first = said.get(code)
    said.set(code, first ?? row)
    if (first) {
      const why = text(
        `条线"${name}"在第 ${first.row} 行已经有了，请删去一行。`,
        `The line "${name}" stands in row ${first.row} already; remove one.`,
      )
      faults.push(faultAt(row, 'line', why))
      continue
    }
    const department = named ? unitMeant(units, named) : undefined
    if (!named && code !== OWN_LINE) faults.push(faultAt(row, 'department', NO_DEPARTMENT))
    if (named && (!department || department === 'many' || department.kind !== 'department')) {
      faults.push(faultAt(row, 'department', notDepartment(named)))
      continue
    }
    const served = department && department !== 'many' ? department.code : null
    lines.set(code, { code, name: known?.name ?? name, department: served })
  }
  return { lines: [...lines.values()], faults }
}

const NO_NAME = text(
  '没有条线名称，或超过 30 个字。',
  'There is no name of the line, or it is longer than 30 characters.',
)
const NO_DEPARTMENT = text(
  '没有部门：这条线的需求没有人接。请写办理它的部门代码或名称。',
  'There is no department, so nobody would get the needs of this line; give its code or name.',
)
const notDepartment = (named: string) =>
  text(
    `"${named}"不是表里的一个部门：请写类型为"部门"的机构的代码或名称。`,
    `"${named}" is no department: give the code or name of one unit of that kind.`,
  )
