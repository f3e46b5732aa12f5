import { text } from '../../../core/text.ts'
import type { Condition } from '../../tier-rules/standard.ts'
import { CellFault, type Known, readTest, unreadable } from './read-cells.ts'
import type { Branch, SheetReader } from './sheet-reader.ts'
import { readTerm, TERMS } from './sheets.ts'

/**
 * The condition that a row and the rows of its parts state, the part number being in column `part`;
 * null when something in it cannot be read, which is noted.
 */
export function readCondition(
  reader: SheetReader,
  key: 'criteria' | 'conditions',
  { line, children }: Branch,
  part: number,
  path: string,
  known: Known,
): Condition | null {
  const [fact, comparison, limit] = [part + 3, part + 4, part + 5]
  reader.place(path, key, line)
  const term = reader.cell(
    key,
    line,
    comparison,
    (cell) => readTerm(cell, TERMS) ?? unreadable(cell),
    null,
  )
  if (!term) return null
  if (term !== 'all' && term !== 'any') {
    for (const child of children) {
      reader.complain(
        key,
        child.line.number,
        part,
        text('只有"全部满足""任一满足"下面可以有分项', 'only "all of" and "any of" have parts'),
      )
    }
    try {
      return readTest(line.at(fact), term, line.at(limit), known)
    } catch (error) {
      if (!(error instanceof CellFault)) throw error
      reader.complain(key, line.number, error.about === 'fact' ? fact : limit, error.because)
      return null
    }
  }
  if (children.length === 0) {
    const because = text('下面没有分项', 'there are no parts below it')
    reader.complain(key, line.number, comparison, because)
    return null
  }
  const parts = children.map((child, place) => {
    const read = readCondition(reader, key, child, part, `${path}.${term}.${place}`, known)
    const labelled = child.line.at(part + 1) !== null || child.line.at(part + 2) !== null
    return read && labelled ? { ...read, label: reader.label(key, child.line, part + 1) } : read
  })
  const good = parts.filter((each) => each !== null)
  if (good.length < parts.length) return null
  return term === 'all' ? { all: good } : { any: good }
}
