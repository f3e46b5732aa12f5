import { may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'
import type { Row } from './rules.ts'

/** Departments see what was handed over to them, others what became of what their units did. */
export const showHandOver = may({
  line: 'self',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
})

/** Line officers see and answer their department's list. */
export const seeOwnRows = may({ line: 'self' })

export const notTheirs = refuse(
  '这条移交不是给您部门的。',
  "This is not on your department's list.",
)

const ofDepartment = (who: Actor, { unitPath }: Pick<Row, 'unitPath'>) =>
  who.unitPath.startsWith(unitPath) ? null : notTheirs

/** A row is answered by officers of the department that it was handed to. */
export const answerNeed = may<{ readonly row: Row }>(seeOwnRows.reach, (who, { row }) =>
  ofDepartment(who, row),
)
export const answerNeeds = may<{ readonly rows: readonly Row[] }>(
  seeOwnRows.reach,
  (who, { rows }) => rows.map((row) => ofDepartment(who, row)).find((fault) => fault) ?? null,
)

/** Marketing says when a department gets its list. */
export const setRhythm = may({ marketing: 'bank' })
