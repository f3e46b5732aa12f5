import { sayPhone } from '../../../bot/grammar/phone.ts'
import { ROLE_LABEL } from '../../../core/staff.ts'
import { type Text, text } from '../../../core/text.ts'
import { PERSON_FIELDS } from '../../people/post/lines.ts'
import type { Person } from '../../people/post/rules.ts'
import { KIND_LABEL } from '../../staff/labels.ts'
import type { Fault, Line, Unit } from '../rules.ts'
import type { Awaiting } from '../settle-rules.ts'
import { type Change, changedFields, type Difference, type Part } from './difference-rules.ts'

// What an operator reads on a terminal: both languages in one line, as there is no person to ask which.

/** Lines of one kind; the others are counted. */
const MOST = 40

const FIELDS: Readonly<Record<string, Text>> = {
  kind: text('类型', 'kind'),
  parent: text('上级', 'parent'),
  ...PERSON_FIELDS,
  department: text('部门', 'department'),
}

const both = ({ zh, en }: Text): string => (zh === en ? zh : `${zh} ${en}`)

/** The difference as a person reads it before saying yes. */
export function differenceLines(
  { units, people, lines }: Difference,
  owning: ReadonlyMap<string, number>,
): string[] {
  return [
    ...partLines(text('机构', 'units'), units, describeUnit),
    ...partLines(text('人员', 'people'), people, describePerson, (code) =>
      handOverNote(code, owning.get(code) ?? 0),
    ),
    ...partLines(text('条线', 'lines'), lines, describeLine),
  ]
}

function partLines<Thing extends { readonly code: string; readonly name: string }>(
  title: Text,
  { changes, same }: Part<Thing>,
  describe: (thing: Thing) => string,
  ofLeaving: (code: string) => string = () => '',
): string[] {
  const come = changes.filter(({ before }) => before === null)
  const go = changes.filter(({ after }) => after === null)
  const counts = [
    `新 new ${come.length}`,
    `变 changed ${changes.length - come.length - go.length}`,
    `离 left ${go.length}`,
    `不变 same ${same}`,
  ]
  const more = changes.length - MOST
  return [
    `${both(title)}: ${counts.join(' · ')}`,
    ...changes.slice(0, MOST).map((change) => `  ${changeLine(change, describe, ofLeaving)}`),
    ...(more > 0 ? [`  … 还有 ${more} 项（--json 看全部） ${more} more (--json has all)`] : []),
  ]
}

function changeLine<Thing extends { readonly code: string; readonly name: string }>(
  { before, after }: Change<Thing>,
  describe: (thing: Thing) => string,
  ofLeaving: (code: string) => string,
): string {
  if (before && after) return `~ ${before.code} ${before.name}: ${changeWords(before, after)}`
  if (after) return `+ ${describe(after)}`
  return before ? `- ${describe(before)}${ofLeaving(before.code)}` : ''
}

/** "机构 unit T01 → T02, 手机 phone — → 138****0001". */
function changeWords<Thing extends object>(before: Thing, after: Thing): string {
  const said = (thing: Thing, field: keyof Thing & string) => sayValue(field, thing[field])
  return changedFields(before, after)
    .map((field) => {
      const label = both(FIELDS[field] ?? text(field, field))
      return `${label} ${said(before, field)} → ${said(after, field)}`
    })
    .join('; ')
}

function sayValue(field: string, value: unknown): string {
  if (value === null) return '—'
  const said = String(value)
  if (field === 'phone') return sayPhone(said, true)
  const label = { ...ROLE_LABEL, ...KIND_LABEL }[said as keyof typeof ROLE_LABEL]
  return (field === 'role' || field === 'kind') && label ? both(label) : said
}

const describeUnit = ({ code, name, kind, parent }: Unit): string =>
  [`${code} ${name}`, both(KIND_LABEL[kind]), parent && `← ${parent}`].filter(Boolean).join(' · ')
const describePerson = ({ code, name, role, unit }: Person): string =>
  [`${code} ${name}`, both(ROLE_LABEL[role]), unit].join(' · ')
const describeLine = ({ name, department }: Line): string => `${name} · ${department ?? '—'}`

const handOverNote = (code: string, clients: number): string =>
  clients === 0
    ? ''
    : `（名下 ${clients} 位客户，请随后在聊天里说"交接 ${code} 平均"） (${clients} clients: then say "hand over ${code} evenly" in chat)`

/** What waits for a second person. */
export const awaitingLines = (awaiting: readonly Awaiting[]): string[] =>
  awaiting.map(({ before, after }) =>
    before
      ? `? ${before.code} ${before.name}: ${changeWords(before, after)}`
      : `? + ${describePerson(after)}`,
  )

/** A fault by its cell. */
export const faultLine = ({ sheet, row, column, why }: Fault): string =>
  [
    `✗ ${sheet} 第 ${row} 行${column ? ` ${column} 列` : ''}：${why.zh}`,
    `  ${sheet} row ${row}${column ? `, column ${column}` : ''}: ${why.en}`,
  ].join('\n')
