import { type Text, text } from '../../core/text.ts'
import { KIND_LABEL, kindOf } from '../staff/labels.ts'
import { standsUnder, UNIT_KINDS } from '../staff/rules.ts'
import {
  CODE,
  type Fault,
  faultAt,
  type SaidRow,
  sameCode,
  type Unit,
  type UnitColumn,
  type UnitOnFile,
  unitMeant,
} from './rules.ts'

type Row = SaidRow<UnitColumn>

/** A unit as a row has it; `parent` is as it was typed, null where it is blank. */
interface Said extends Unit {
  readonly row: Row
}

/** The units that the rows say, in a tree; with what is wrong with them. */
export function unitsOf(
  rows: readonly Row[],
  onFile: readonly UnitOnFile[],
): { readonly units: readonly Unit[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const said: Said[] = []
  for (const row of rows) {
    const { unit, faults: own } = unitIn(row, onFile)
    faults.push(...own)
    if (!unit) continue
    const first = said.find(({ code }) => sameCode(code, unit.code))
    if (first) faults.push(faultAt(row, 'code', twice(unit.code, first.row)))
    else said.push(unit)
  }
  const placed = said.map((unit): Said => {
    const { row, parent } = unit
    if (parent === null) return unit
    const above = unitMeant(said, parent)
    const why = parentFault(unit, above)
    if (why) faults.push(faultAt(row, 'parent', why))
    return { ...unit, parent: !why && above && above !== 'many' ? above.code : null }
  })
  faults.push(...circles(placed), ...roots(placed))
  return { units: placed.map(({ row, ...unit }) => unit), faults }
}

function unitIn(row: Row, onFile: readonly UnitOnFile[]) {
  const faults: Fault[] = []
  const { code = '', name = '', kind: typed = '', parent = '' } = row.says
  if (!CODE.test(code)) faults.push(faultAt(row, 'code', code ? badCode(code) : NO_CODE))
  if (!name || name.length > 60) faults.push(faultAt(row, 'name', NO_NAME))
  const kind = kindOf(typed)
  if (!kind) faults.push(faultAt(row, 'kind', noKind(typed)))
  const known = onFile.find((unit) => sameCode(unit.code, code))
  const unit: Said | null = CODE.test(code)
    ? { code: known?.code ?? code, name, kind: kind ?? 'team', parent: parent || null, row }
    : null
  return { unit, faults }
}

/** Why a unit cannot stand under this one; null: it can. */
function parentFault({ code, kind, row, parent }: Said, above: Said | 'many' | undefined) {
  if (above === 'many') {
    return text(
      `不止一个机构叫"${parent}"，请写机构代码。`,
      `Several units are called "${parent}"; give the code.`,
    )
  }
  if (!above) {
    return text(
      `没有机构"${parent}"：请写表里的机构代码或名称，或先加上这个机构。`,
      `There is no unit "${parent}": give a code or name of this sheet, or add that unit.`,
    )
  }
  if (above.code === code) {
    return text(
      '机构不能是自己的上级，请写上一级机构。',
      'A unit cannot be its own parent; give the one above it.',
    )
  }
  if (!kindOf(row.says.kind ?? '') || !kindOf(above.row.says.kind ?? '')) return null
  return standsUnder(kind, above.kind)
    ? null
    : text(
        `${KIND_LABEL[kind].zh}不能设在${KIND_LABEL[above.kind].zh}（${above.name}）下面。`,
        `No ${KIND_LABEL[kind].en.toLowerCase()} stands below a ${KIND_LABEL[above.kind].en.toLowerCase()} (${above.name}).`,
      )
}

/** Units that would be above themselves by others. */
function circles(units: readonly Said[]): Fault[] {
  const byCode = new Map(units.map((unit) => [unit.code, unit]))
  return units.flatMap((unit) => {
    const way = [unit.code]
    for (let above = unit.parent; above; above = byCode.get(above)?.parent ?? null) {
      if (above === unit.code) {
        const round = [...way, unit.code].join(' → ')
        return faultAt(
          unit.row,
          'parent',
          text(
            `上级绕成了圈：${round}。请改正其中一个上级。`,
            `The units above go round in a circle: ${round}. Correct one of them.`,
          ),
        )
      }
      if (way.includes(above)) break
      way.push(above)
    }
    return []
  })
}

/** There is one head office, and everything else has something above it. */
function roots(units: readonly Said[]): Fault[] {
  const office = units.find(({ kind }) => kind === 'head-office')
  return units.flatMap((unit) => {
    const { row, kind, parent } = unit
    if (kind === 'head-office') return unit === office ? [] : faultAt(row, 'kind', SECOND_OFFICE)
    return parent === null ? faultAt(row, 'parent', NO_PARENT) : []
  })
}

const twice = (code: string, first: Row): Text =>
  text(
    `机构代码 ${code} 在"${first.sheet}"第 ${first.row} 行已经有了，请改代码或删去一行。`,
    `The unit code ${code} stands in "${first.sheet}", row ${first.row}, already; change it or remove a row.`,
  )
const badCode = (code: string): Text =>
  text(
    `机构代码"${code}"只能是 1 到 20 个字母、数字、- 或 _。`,
    `The unit code "${code}" must be 1 to 20 letters, digits, - or _.`,
  )
const noKind = (said: string): Text => {
  const kinds = UNIT_KINDS.map((kind) => KIND_LABEL[kind])
  return text(
    `${said ? `"${said}"不是机构类型` : '没有机构类型'}，请写：${kinds.map(({ zh }) => zh).join('、')}。`,
    `${said ? `"${said}" is no kind of unit` : 'There is no kind of unit'}; write one of: ${kinds.map(({ en }) => en).join(', ')}.`,
  )
}
const NO_CODE = text('没有机构代码。', 'There is no unit code.')
const NO_NAME = text(
  '没有机构名称，或超过 60 个字。',
  'There is no name, or it is longer than 60 characters.',
)
const NO_PARENT = text(
  '没有上级机构：除总行外都要写上级。',
  'There is no parent: every unit but the head office has one.',
)
const SECOND_OFFICE = text(
  '总行只能有一个，请改类型。',
  'There is one head office only; change the kind.',
)
