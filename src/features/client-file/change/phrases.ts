import type { Phrases } from '../../../bot/command.ts'
import { type Kind, ofKind } from '../../../bot/grammar/scan/piece.ts'
import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { opt } from '../../../bot/grammar/slots/fill.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { phone } from '../../../bot/grammar/slots/kinds/phone.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { accountOf, phrase } from '../../../bot/grammar/slots/phrase.ts'
import {
  type Account,
  inDoubt,
  NOT_MEANT,
  nothing,
  type Part,
  type Slot,
} from '../../../bot/grammar/slots/slot.ts'
import {
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  fieldLabel,
  NEEDED,
  type SaidFields,
} from './rules.ts'

const WORDS: readonly (readonly [string, FieldName])[] = FIELD_NAMES.map((field) => [
  FIELDS[field][1],
  field,
])
const ANY = WORDS.map(([words, field]) => `(?<${nameOf(field)}>${words})`).join('|')
/** A label is a word of its own, or has its value behind it at once: 电话138…, 地址：城东路. */
const LABEL = new RegExp(
  `(?<=^|[\\s,;的])(?:${ANY})(?=[\\s:=了]|[\\d+]|(?:改为|改成|换成|变成|为|是)|$)`,
  'gi',
)
/** The first may also be followed by words: 地址城东路8号. */
const FIRST = new RegExp(`(?<=^|[\\s,;的])(?:${ANY})(?![a-z])`, 'i')

/** Tried at the first of a row of separators only: from each of them is quadratic. */
const ENDING = /(?<![\s的:,;])[\s的:,;]+$/
const VALUE_ENDING = /(?<![\s,;])[\s,;]+$/
/** Between a label and its value. */
const BECOMES =
  /^[\s:=]*了?[\s,:=]*(?:(?:改为|改成|换成|变成|为|是|(?:to|is)(?=[\s:]))(?=[\s\S]))?[\s:=]*/

function nameOf(field: FieldName): string {
  return field.replaceAll('-', '_')
}

interface Labelled {
  readonly field: FieldName
  readonly start: number
  readonly end: number
}

/** The labels of a part, in order. */
function labelsIn({ scanned, start, end }: Part): Labelled[] {
  const text = scanned.text.slice(start, end)
  const labels = [...text.matchAll(LABEL)]
  const first = FIRST.exec(text)
  if (first && !(labels[0] && labels[0].index <= first.index)) labels.unshift(first)
  return labels.flatMap(({ 0: said, index, groups }) => {
    const field = FIELD_NAMES.find((each) => groups?.[nameOf(each)] !== undefined)
    return field ? { field, start: start + index, end: start + index + said.length } : []
  })
}

/** Whose file: all that stands before the first label, a name of two words too. */
const owner: Slot = {
  field: 'named',
  kinds: ['name'],
  first: true,
  take(part) {
    const [label] = labelsIn(part)
    const named = label && asTypedIn(part.scanned, part.start, label.start).replace(ENDING, '')
    return named ? { value: named, claims: [], from: label.start } : nothing
  },
  ask: client().ask,
}

/** Each field that is named, with what it is to become; one without it is asked for. */
const fields: Slot = {
  field: 'fields',
  kinds: [],
  rest: true,
  take(part) {
    const { scanned, end } = part
    const labels = labelsIn(part)
    const said = labels.map(({ field, end: from }, place) => {
      const to = labels[place + 1]?.start ?? end
      const gap = scanned.text.slice(from, to).match(BECOMES)?.[0].length ?? 0
      return [field, asTypedIn(scanned, from + gap, to).replace(VALUE_ENDING, '')] as const
    })
    const open = said.find(([field, value]) => value === '' && !NEEDS_NO_VALUE.has(field))?.[0]
    const weighed = part.pieces
    const value: SaidFields = Object.fromEntries(said)
    if (!open) return { value, claims: [], weighed }
    return {
      ...{ value, claims: [], weighed },
      doubt: { code: 'missing', said: '', about: [], within: open },
    }
  },
  ask({ within }, subject) {
    const field = within as FieldName
    const { zh, en } = fieldLabel(field)
    const clears = !NEEDED.includes(field)
    return {
      expects: field === 'phone' ? 'phone' : field === 'creditEndsOn' ? 'day' : 'text',
      question: {
        zh: `${subject?.zh ?? ''} 的${zh}改成什么？${clears ? '清空就回"无"。' : ''}`,
        en: `What is the ${en} of ${subject?.en ?? 'the client'}?${clears ? ' "none" clears it.' : ''}`,
      },
    }
  },
}

/** 改 张三 空号: which number is meant, the file says. */
const NEEDS_NO_VALUE: ReadonlySet<FieldName> = new Set(['deadPhone', 'dropPhone'])

/** A new name: 改名 袁德 袁德才. */
const newName: Slot = {
  ...words('fields', () => ({ zh: '改成什么名字？', en: 'What is the new name?' })),
  take({ scanned, start, end }) {
    const said = scanned.text.slice(start, end).match(/^[\s:]*(?:改为|改成|为|成|叫|是|to\b)?\s*/)
    const name = asTypedIn(scanned, start + (said?.[0].length ?? 0), end)
    if (name) return { value: { name }, claims: [] }
    return {
      value: {},
      claims: [],
      doubt: { code: 'missing', said: '', about: [], within: 'name' },
    }
  },
}

const RENAMED = phrase(
  { words: ['改名', '更名', 'rename'], behindName: /(?:改|更)名(?:字)?(?:了|叫)?/ },
  client('named', { alone: true }),
  newName,
)
const VERB = '(?:要|想)?(?:换|改|更换|更新|变更|修改)(?:了|个|成|新)*'
/** Tom changed his phone to 138…, Tom's new number is 138…. Tom's new business is doing well renames nobody. */
const HAS_NEW =
  "(?:(?:has |have )?(?:changed|updated) (?:his|her|their|its|the)|(?:has|got|is using) a new|'s new) (?=phone|mobile|number|address (?:is|to)|address:)"
const CHANGED = phrase(
  {
    words: ['修改', '改', 'change', 'edit', 'update'],
    behindName: new RegExp(`${VERB}(?=${WORDS.map(([said]) => said).join('|')})|${HAS_NEW}`),
  },
  owner,
  fields,
)
/** What has a value of its own shape needs no verb: 林小芳 微信 xiaofang88. */
const SHAPED =
  /^[\s,:的]*(?:微信号?[\s:]*[a-z][\w-]{4,}|身份证号?[\s:]*\d{17}[\dx]|信用代码[\s:]*[\da-z]{18}|地址[\s:]*[^\s,;。]{0,40}[路街道巷弄村号楼室])/i

function shaped(scanned: Scanned): Account<unknown> {
  const [named] = ofKind(scanned.pieces, 'name')
  return named?.start === 0 && SHAPED.test(scanned.text.slice(named.end))
    ? accountOf(scanned, named.end, [owner, fields], named)
    : NOT_MEANT
}

/** "改 张三 电话 138… 地址 城东路8号", "林小芳换号码了 138…", "改名 袁德 袁德才". */
export const CHANGE_PHRASES: Phrases<unknown> = {
  ...CHANGED,
  words: [...CHANGED.words, ...RENAMED.words],
  anywhere: /改|换|更|微信|身份证|信用代码|地址|\b(?:changed|updated|new) /,
  scans(scanned, from) {
    const word = scanned.text.slice(0, from).trim().toLowerCase()
    const one = from > 0 && RENAMED.words.includes(word) ? [RENAMED] : [CHANGED]
    for (const { scans } of from > 0 ? one : [RENAMED, CHANGED]) {
      const account = scans?.(scanned, from) ?? NOT_MEANT
      if (account.reading.kind !== 'no') return account
    }
    return from === 0 ? shaped(scanned) : NOT_MEANT
  },
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

/** 李四 12月3日生日: what is no part of a name. */
const NO_NAME: readonly Kind[] = ['amount', 'number', 'day', 'time']

/** Who it is, with what they are to the client: 配偶 李四, 删 李四, in any order. */
const relative: Slot = {
  field: 'name',
  kinds: [],
  rest: true,
  required: true,
  take({ scanned, start, end, pieces }, _before, claimed) {
    const strange = pieces.filter(({ kind }) => NO_NAME.includes(kind))
    if (strange.length > 0) return { ...inDoubt('unclear', strange), weighed: pieces }
    const numbers = [...claimed].filter((each) => each.kind === 'phone' && each.start >= start)
    let [text, from] = ['', start]
    for (const piece of numbers) {
      text += `${scanned.text.slice(from, piece.start)} `
      from = piece.end
    }
    const said = `${text}${scanned.text.slice(from, end)}`.split(/[\s,;:。、]+/).filter(Boolean)
    const relation = said.find((word) => RELATIONS.test(word)) ?? null
    const removed = said.some((word) => REMOVED.test(word))
    const name = said.filter((word) => word !== relation && !REMOVED.test(word)).join(' ')
    return { value: name || null, claims: [], more: { relation, removed } }
  },
  ask: ({ said }, subject) => ({
    expects: 'text',
    question: {
      zh: `${said ? `"${said}"不是名字。` : ''}${subject?.zh ?? ''} 的家人或担保人叫什么名字？`,
      en: `${said ? `"${said}" is no name. ` : ''}What is their name?`,
    },
  }),
}

/** "家人 张三 配偶 李四 139…", "担保人 张三 删 李四". */
export const relativePhrases = (said: readonly string[]): Phrases<unknown> =>
  phrase({ words: said }, client(), opt(phone()), relative)
