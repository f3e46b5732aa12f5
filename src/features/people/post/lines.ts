import { sayPhone } from '../../../bot/grammar/phone.ts'
import { ROLE_LABEL } from '../../../core/staff.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Person } from './rules.ts'

/** What is kept of somebody, as it is called. */
export const PERSON_FIELDS: Readonly<Record<Exclude<keyof Person, 'code'>, Text>> = {
  name: text('姓名', 'name'),
  role: text('岗位', 'role'),
  unit: text('机构', 'unit'),
  phone: text('手机', 'phone'),
  email: text('邮箱', 'mail'),
  slack: text('Slack 账号', 'Slack account'),
  wecom: text('企业微信账号', 'WeCom account'),
}
const FIELDS = Object.keys(PERSON_FIELDS) as (keyof typeof PERSON_FIELDS)[]

/** The fields in which somebody changes. */
export const changedOf = (before: Person, after: Person): (keyof typeof PERSON_FIELDS)[] =>
  FIELDS.filter((field) => before[field] !== after[field])

/** A value as it is read; units by their names. */
export function sayField(
  person: Person,
  field: keyof typeof PERSON_FIELDS,
  unitName: (code: string) => string,
): Text {
  const value = person[field]
  if (value === null) return text('—', '—')
  if (field === 'role') return ROLE_LABEL[person.role]
  const said =
    field === 'unit' ? unitName(value) : field === 'phone' ? sayPhone(value, true) : value
  return text(said, said)
}

/** Somebody comes (`before` null), leaves (`after` null), or is to be otherwise: in one line. */
export function sayChange(
  before: Person | null,
  after: Person | null,
  unitName: (code: string) => string,
): Text {
  const person = after ?? before
  if (!person) return text('', '')
  const name = `${before?.name ?? person.name}（${person.code}）`
  const post = [sayField(person, 'role', unitName), sayField(person, 'unit', unitName)]
  const [zh, en] = [post.map((each) => each.zh), post.map((each) => each.en)]
  if (!before) return text(`${name}入职：${zh.join(' · ')}`, `${name} joins: ${en.join(' · ')}`)
  if (!after) return text(`${name}离职：${zh.join(' · ')}`, `${name} leaves: ${en.join(' · ')}`)
  const changes = changedOf(before, after).map((field) => {
    const [from, to] = [before, after].map((each) => sayField(each, field, unitName))
    const label = PERSON_FIELDS[field]
    return text(`${label.zh} ${from?.zh} → ${to?.zh}`, `${label.en} ${from?.en} → ${to?.en}`)
  })
  return text(
    `${name}：${changes.map((each) => each.zh).join('，')}`,
    `${name}: ${changes.map((each) => each.en).join(', ')}`,
  )
}
