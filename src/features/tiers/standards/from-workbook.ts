import { text } from '../../../core/text.ts'
import type { Cell, Workbook } from '../../../infra/sheets/spreadsheet.ts'
import type { FactName } from '../../tier-rules/facts.ts'
import { type Condition, type Standard, standardSchema } from '../../tier-rules/standard.ts'
import { type Fault, faultsOf } from '../checks/faults.ts'
import {
  type Known,
  readClass,
  readFact,
  readIndustry,
  readName,
  readValue,
  readYesNo,
  unreadable,
} from './read-cells.ts'
import { readCondition } from './read-conditions.ts'
import { createSheetReader, type SheetFault, type SheetReader } from './sheet-reader.ts'
import { AGE_UNITS, CLIENTS, KINDS, OTHERWISE, readTerm, TERMS } from './sheets.ts'

/** The standard that a workbook holds, or every fault in it; never both. */
export function fromWorkbook(
  workbook: Workbook,
): { readonly standard: Standard } | { readonly faults: readonly SheetFault[] } {
  const reader = createSheetReader(workbook)
  const kind = readKind(reader)
  const params = readParams(reader)
  const assumed = readAssumed(reader)
  const ages = readAges(reader)
  const industries = readMarks(reader)
  const groups = reader.trees('conditions', 1)
  const known: Known = {
    params: new Set(Object.keys(params)),
    conditions: new Set(groups.keys()),
  }
  const conditions: Record<string, Condition> = {}
  for (const [name, group] of groups) {
    const test = readCondition(reader, 'conditions', group, 1, `conditions.${name}`, known)
    if (test) conditions[name] = test
  }
  const { tiers, otherwise, ladder } = readTiers(reader)
  readCriteria(reader, tiers, known)
  if (reader.faults.length > 0) return { faults: reader.faults }

  // The edition it is kept as gives it its version.
  const parts = { params, assumed, ages, industries, conditions, tiers, otherwise, ladder }
  const document = { kind, version: 1, ...parts }
  const read = standardSchema.safeParse(document)
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => {
      return { path: path as Fault['path'], because: text(message, message) }
    })
    return { faults: wrong.map(reader.placed) }
  }
  const faults = faultsOf(read.data).map(reader.placed)
  return faults.length > 0 ? { faults } : { standard: read.data }
}

function readKind(reader: SheetReader): Standard['kind'] {
  const lines = reader.lines('about')
  const line = lines.find((each) => each.at(0) === CLIENTS)
  const read = (cell: Cell) => readTerm(cell, KINDS) ?? unreadable(cell)
  if (line) return reader.cell('about', line, 1, read, 'existing')
  if (lines.length > 0) {
    reader.complain(
      'about',
      null,
      0,
      text(`缺少"${CLIENTS}"一行`, `the row "${CLIENTS}" is missing`),
    )
  }
  return 'existing'
}

function readParams(reader: SheetReader): Standard['params'] {
  const params: Standard['params'] = {}
  for (const line of reader.lines('params')) {
    const name = reader.cell('params', line, 0, readName, '')
    reader.place(`params.${name}`, 'params', line)
    const value = reader.cell('params', line, 3, readValue, 0)
    params[name] = { value, label: reader.label('params', line, 1) }
  }
  return params
}

function readAssumed(reader: SheetReader): Standard['assumed'] {
  const assumed: Partial<Record<FactName, boolean>> = {}
  for (const line of reader.lines('assumed')) {
    const fact = reader.cell('assumed', line, 0, (cell) => readFact(String(cell ?? '')), null)
    if (!fact) continue
    reader.place(`assumed.${fact}`, 'assumed', line)
    assumed[fact] = reader.cell('assumed', line, 1, readYesNo, false)
  }
  return assumed
}

function readAges(reader: SheetReader): Standard['ages'] {
  const ages: Standard['ages'] = {}
  for (const line of reader.lines('ages')) {
    const fact = reader.cell('ages', line, 0, (cell) => readFact(String(cell ?? '')), null)
    if (!fact) continue
    reader.place(`ages.${fact}`, 'ages', line)
    const within = reader.cell('ages', line, 1, readValue, 1)
    const unit = reader.cell(
      'ages',
      line,
      2,
      (cell) => readTerm(cell, AGE_UNITS) ?? unreadable(cell),
      'days',
    )
    ages[fact] = unit === 'days' ? { days: within } : { months: within }
  }
  return ages
}

/** The classes of industries; what has none has that of its section, or is neutral. */
function readMarks(reader: SheetReader): Standard['industries'] {
  const marks: Standard['industries'] = {}
  for (const line of reader.lines('industries')) {
    if (line.at(2) === null) continue
    const code = reader.cell('industries', line, 0, readIndustry, '')
    if (code) marks[code] = reader.cell('industries', line, 2, readClass, 'neutral')
  }
  return marks
}

/** The tiers in their order, without criteria yet, and what their last rows say. */
function readTiers(reader: SheetReader): Pick<Standard, 'tiers' | 'otherwise' | 'ladder'> {
  const otherwise = { none: '', open: '' }
  const rungs: { readonly tier: string; readonly at: number }[] = []
  const tiers: Standard['tiers'] = []
  const lines = reader.lines('tiers')
  const names = lines.filter((line) => !readTerm(line.at(1), OTHERWISE)).map((line) => line.at(0))
  for (const line of lines) {
    const tier = reader.cell('tiers', line, 0, readName, '')
    const rest = readTerm(line.at(1), OTHERWISE)
    if (rest) {
      otherwise[rest] = tier
      continue
    }
    reader.place(`tiers.${tiers.length}`, 'tiers', line)
    const read = (cell: Cell) =>
      readTerm(cell, { all: TERMS.all, any: TERMS.any }) ?? unreadable(cell)
    const when = reader.cell('tiers', line, 1, read, 'all')
    const alsoAs = line.at(2)
    if (alsoAs !== null && !names.includes(alsoAs)) {
      const because = text(`没有层级 "${alsoAs}"`, `there is no tier "${alsoAs}"`)
      reader.complain('tiers', line.number, 2, because)
    }
    if (line.at(3) !== null) rungs.push({ tier, at: reader.cell('tiers', line, 3, readValue, 0) })
    tiers.push({ tier, when, criteria: [], ...(alsoAs !== null && { alsoAs: String(alsoAs) }) })
  }
  for (const rest of ['none', 'open'] as const) {
    if (otherwise[rest]) continue
    const term = OTHERWISE[rest]
    reader.complain('tiers', null, 1, text(`缺少"${term}"一行`, `the row "${term}" is missing`))
  }
  return { tiers, otherwise, ladder: rungs.sort((a, b) => a.at - b.at).map(({ tier }) => tier) }
}

function readCriteria(reader: SheetReader, tiers: Standard['tiers'], known: Known): void {
  const unread = new Set<string>()
  for (const branch of reader.trees('criteria', 2).values()) {
    const { line } = branch
    const [name, id] = [String(line.at(0)), String(line.at(1))]
    const index = tiers.findIndex(({ tier }) => tier === name)
    const tier = tiers[index]
    if (!tier) {
      const because = text(`没有层级 "${name}"`, `there is no tier "${name}"`)
      reader.complain('criteria', line.number, 0, because)
      continue
    }
    const path = `tiers.${index}.criteria.${tier.criteria.length}`
    reader.place(path, 'criteria', line)
    const test = readCondition(reader, 'criteria', branch, 2, `${path}.test`, known)
    const label = reader.label('criteria', line, 3)
    const improves = (cell: Cell) => cell === null || readYesNo(cell)
    const attainable = reader.cell('criteria', line, 8, improves, true)
    if (test) tier.criteria.push({ id, label, test, attainable })
    else unread.add(name)
  }
  for (const { tier, criteria } of tiers) {
    if (criteria.length > 0 || unread.has(tier)) continue
    const because = text(`${tier} 没有条件`, `${tier} has no criteria`)
    reader.complain('criteria', null, 0, because)
  }
}
