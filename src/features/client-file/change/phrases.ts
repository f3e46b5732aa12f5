import { takePhone } from '../../../bot/grammar/phone.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { FIELD_NAMES, FIELDS, type FieldName, fieldLabel, type SaidFields } from './rules.ts'

const WORDS: readonly (readonly [string, FieldName])[] = FIELD_NAMES.map((field) => [
  FIELDS[field][1],
  field,
])
const ANY = WORDS.map(([words, field]) => `(?<${nameOf(field)}>${words})`).join('|')
/** A label is a word of its own, or has its value behind it at once: 电话138…, 地址：城东路. */
const LABEL = new RegExp(
  `(?<=^|[\\s,;的])(?:${ANY})(?=[\\s:=]|[\\d+]|(?:改为|改成|换成|变成|为|是)|$)`,
  'gi',
)
/** The first may also be followed by words: 地址城东路8号. */
const FIRST = new RegExp(`(?<=[\\s,;的])(?:${ANY})(?![a-z])`, 'i')

/** Tried at the first of a row of separators only: from each of them is quadratic. */
const ENDING = /(?<![\s的:,;])[\s的:,;]+$/
const VALUE_ENDING = /(?<![\s,;])[\s,;]+$/

function nameOf(field: FieldName): string {
  return field.replaceAll('-', '_')
}

const fieldOf = (match: RegExpMatchArray): FieldName | undefined =>
  FIELD_NAMES.find((field) => match.groups?.[nameOf(field)] !== undefined)

/** Reads "张三 电话 138… 地址 城东路8号": whose file, then each field with what it is to become. */
export function readChange(rest: string): Reading<{ named: string; fields: SaidFields }> {
  const labels = [...rest.matchAll(LABEL)]
  const first = rest.match(FIRST)
  if (first && first.index !== undefined && !(labels[0] && labels[0].index <= first.index)) {
    labels.unshift(first as RegExpExecArray)
  }
  if (labels.length === 0) return { kind: 'no' }
  const named = rest.slice(0, labels[0]?.index).replace(ENDING, '')
  if (!named) return { kind: 'no' }
  const fields: Partial<Record<FieldName, string>> = {}
  for (const [place, label] of labels.entries()) {
    const field = fieldOf(label)
    if (!field) continue
    const value = rest
      .slice((label.index ?? 0) + label[0].length, labels[place + 1]?.index)
      .replace(/^[\s:=]*(?:(?:改为|改成|换成|变成|为|是)(?=[\s\S]))?[\s:=]*/, '')
      .replace(VALUE_ENDING, '')
    fields[field] = value
  }
  const open = FIELD_NAMES.find((field) => fields[field] === '')
  if (!open) return { kind: 'understood', input: { named, fields } }
  const { zh, en } = fieldLabel(open)
  return {
    kind: 'asks',
    input: { named, fields },
    doubts: [
      {
        question: {
          zh: `${named} 的${zh}改成什么？清空就回"无"。`,
          en: `What is the ${en} of ${named}? "none" clears it.`,
        },
        slots: [`fields.${open}`],
        expects: 'text',
      },
    ],
  }
}

/** "备注 张三 周末不接电话", "张三 备注 周末不接电话". */
export const NOTE_PHRASES = phrase(
  {
    words: ['备注', '备注一下', 'note', 'note for', 'note on'],
    behindName: /[要加]?(?:个|一?条)?备注(?:一下)?|notes?\b/,
  },
  client('named', { alone: true }),
  words('note', ({ zh, en }) => ({
    zh: `要给 ${zh} 备注什么？`,
    en: `What is to be noted of ${en}?`,
  })),
)

const RELATIONS =
  /^(?:配偶|妻子?|丈夫|爱人|老公|老婆|父亲?|母亲?|爸爸?|妈妈?|儿子?|女儿|子女?|兄弟?|哥哥?|弟弟?|姐姐?|妹妹?|姐妹|亲戚|岳父|岳母|公公|婆婆|女婿|儿媳|股东|合伙人|法人|朋友|同学|员工|财务|wife|husband|spouse|father|mother|son|daughter|brother|sister|friend|partner|shareholder)$/i
const REMOVED = /^(?:删除?|去掉|取消|remove|drop)$/i

/** Reads "张三 配偶 李四 139…" and "张三 删 李四", in any order after the client. */
export function readRelative(rest: string): Reading<{
  named: string
  name: string
  relation: string | null
  phone: string | null
  removed: boolean
}> {
  const [named = '', ...said] = rest.split(/[\s,;]+/).filter(Boolean)
  const taken = takePhone(said.join(' '))
  const words = (taken?.rest ?? said.join(' ')).split(/\s+/).filter(Boolean)
  const relation = words.find((word) => RELATIONS.test(word)) ?? null
  const removed = words.some((word) => REMOVED.test(word))
  const name = words.filter((word) => word !== relation && !REMOVED.test(word)).join(' ')
  if (!named || said.length === 0) return { kind: 'no' }
  const input = { named, name, relation, phone: taken?.phone ?? null, removed }
  if (name) return { kind: 'understood', input }
  const question = { zh: `${named} 的${relation ?? '家人'}叫什么名字？`, en: 'What is their name?' }
  return { kind: 'asks', input, doubts: [{ question, slots: ['name'], expects: 'text' }] }
}
