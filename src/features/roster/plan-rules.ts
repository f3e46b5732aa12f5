import { type Text, text } from '../../core/text.ts'
import { type Fault, faultAt, type Said, sameCode, type Wanted } from './rules.ts'

/** Later there must be somebody who confirms. */
export function noHead(said: Said, { people }: Wanted): Fault[] {
  const [first] = said.people ?? []
  if (!first || people.some(({ role }) => role === 'head')) return []
  return [{ ...faultAt(first, null, NO_HEAD), row: 1 }]
}

/** A change that needs a second person where there is none. */
export function noConfirmer(said: Said, code: string): Fault[] {
  const row = said.people?.find(({ says }) => sameCode(says.code ?? '', code))
  return row ? [faultAt(row, 'role', NO_CONFIRMER)] : []
}

const NO_HEAD: Text = text(
  '第一次导入要有至少一位"分支机构负责人"：以后主管、负责人、营销和风险的变动由他确认。',
  'The first workbook names at least one branch head: later changes of leads, heads, marketing and risk are confirmed by them.',
)
const NO_CONFIRMER: Text = text(
  '这要第二个人确认，但行里没有能确认的人。请先补上一位负责人或同部门的同事。',
  'A second person must confirm this, and there is nobody who could. First add a head, or a colleague of the same department.',
)
