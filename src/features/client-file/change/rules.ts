import { saidDay } from '../../../bot/grammar/day.ts'
import { readFullPhone, sayPhone, takePhone } from '../../../bot/grammar/phone.ts'
import type { Moment } from '../../../bot/moment.ts'
import { isDay } from '../../../core/calendar/time.ts'
import { type Text, text } from '../../../core/text.ts'
import { mask, readPaper } from '../../clients/identity/rules.ts'
import type { IdKind } from '../../clients/identity/store.ts'

/** What of a client's file is changed in a line, how it is called, and how many characters it has at most. */
export const FIELDS = {
  name: [text('姓名', 'name'), '姓名|名字|name', 40],
  businessName: [
    text('店名', 'business'),
    '店名|商户名称?|企业名称?|公司名称?|企业|公司|business',
    60,
  ],
  phone: [
    text('电话', 'phone'),
    '联系电话|电话号码|手机号码?|手机|电话|号码|phone number|mobile number|phone|mobile|number',
    30,
  ],
  otherPhone: [
    text('备用电话', 'other phone'),
    '备用电话|备用手机|另一?个?电话|第二电话|联系人电话|加电话|other phone',
    60,
  ],
  deadPhone: [text('空号', 'dead number'), '空号|停机|dead number|dead', 30],
  dropPhone: [text('删电话', 'drop phone'), '删除?电话|去掉电话|drop phone', 30],
  address: [text('地址', 'address'), '经营地址|联系地址|地址|住址|店址|address', 120],
  resident: [text('身份证', 'ID number'), '身份证号码?|身份证|id number|id', 30],
  passport: [text('护照', 'passport'), '护照号码?|护照|passport', 30],
  'hk-macao': [text('港澳通行证', 'Hong Kong and Macao permit'), '港澳通行证|回乡证', 30],
  taiwan: [text('台胞证', 'Taiwan permit'), '台胞证|台湾通行证', 30],
  'residence-permit': [text('居留证', 'residence permit'), '永久居留证|居留证', 30],
  creditCode: [
    text('信用代码', 'credit code'),
    '统一社会信用代码|社会信用代码|信用代码|credit code',
    30,
  ],
  wechat: [text('微信', 'WeChat'), '微信号|微信|wechat', 40],
  language: [text('语言', 'language'), '语言|方言|language', 20],
  licenceEndsOn: [
    text('执照到期', 'licence ends'),
    '营业执照到期日?|执照到期日?|licen[cs]e ends',
    30,
  ],
  creditEndsOn: [
    text('授信到期', 'credit ends'),
    '(?:授信|额度|贷款|借款)到期日?|(?:credit|loan) ends',
    30,
  ],
  region: [text('区域', 'region'), '区域|地区|region', 40],
  industry: [text('行业', 'industry'), '行业|industry', 40],
  cluster: [text('集群', 'cluster'), '集群|商圈|cluster', 40],
} as const satisfies Record<string, readonly [Text, string, number]>

export type FieldName = keyof typeof FIELDS
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[]

export const fieldLabel = (field: FieldName): Text => FIELDS[field][0]

/** What each field is to become, in the words that were said. */
export type SaidFields = Readonly<Partial<Record<FieldName, string>>>

/** The fields that say an identity number, each by the kind of its paper. */
export const isIdField = (field: FieldName): field is IdKind & FieldName =>
  ['resident', 'passport', 'hk-macao', 'taiwan', 'residence-permit'].includes(field)

/** A value as it is kept, with whose number it is where it is somebody's. */
export interface ReadValue {
  /** Null: it is to be empty. */
  readonly value: string | null
  /** Of another phone, what stood beside the number. */
  readonly beside?: string
}

const NOTHING = /^(?:无|没有|清空|none)$/i

/** What cannot be empty. */
export const NEEDED: readonly FieldName[] = [
  ...(['name', 'phone', 'otherPhone', 'deadPhone', 'dropPhone', 'creditEndsOn'] as const),
]

/** Reads what a field is to become; a sentence where that is not clear. */
export function readField(field: FieldName, said: string, at: Moment): ReadValue | Text {
  const { zh, en } = fieldLabel(field)
  const typed = said.normalize('NFKC').trim()
  const most = FIELDS[field][2]
  if (typed.length > most) {
    return text(`${zh}最多 ${most} 个字。`, `${en}: at most ${most} characters.`)
  }
  if (typed === '' || NOTHING.test(typed)) {
    return NEEDED.includes(field)
      ? text(`${zh}不能是空的，没有改。`, `${en} cannot be empty; nothing changed.`)
      : { value: null }
  }
  if (isIdField(field)) return readIdNumber(field, typed)
  switch (field) {
    case 'phone':
    case 'deadPhone':
    case 'dropPhone': {
      const phone = readFullPhone(typed)
      return phone ? { value: phone } : noPhone(typed)
    }
    case 'otherPhone': {
      const taken = takePhone(typed)
      return taken ? { value: taken.phone, beside: taken.rest } : noPhone(typed)
    }
    case 'creditCode': {
      const paper = readPaper(typed)
      return paper?.kind === 'credit-code'
        ? { value: paper.value }
        : text(
            `"${mask(typed)}"不是有效的统一社会信用代码（18 位，末位是校验码），请核对。`,
            `"${mask(typed)}" is no social credit code (18 characters, the last proves it); please check it.`,
          )
    }
    case 'licenceEndsOn':
    case 'creditEndsOn': {
      // One that has gone by is a day too where it is written in full.
      if (isDay(typed)) return { value: typed }
      const taken = saidDay(typed, at)
      return taken && 'day' in taken && taken.rest.trim() === ''
        ? { value: taken.day }
        : text(
            `${zh}日"${typed}"没看懂，请写成 2027-06-30。`,
            `The day "${typed}" is unclear; write 2027-06-30.`,
          )
    }
    default:
      return { value: typed }
  }
}

const noPhone = (typed: string): Text =>
  text(
    `"${typed}"不是有效的电话号码（手机 11 位，座机带区号），没有改。`,
    `"${typed}" is no phone number; nothing changed.`,
  )

function readIdNumber(kind: IdKind, typed: string): ReadValue | Text {
  const said = typed.replace(/\s/g, '').toUpperCase()
  if (kind === 'resident' || /^\d{17}[\dX]$/.test(said)) {
    const paper = readPaper(said)
    return paper?.kind === 'id'
      ? { value: paper.value }
      : text(
          `"${mask(said)}"不是有效的身份证号（18 位，末位是校验码），请核对。`,
          `"${mask(said)}" is no ID number (18 characters, the last proves it); please check it.`,
        )
  }
  return /^[A-Z0-9]{6,18}$/.test(said)
    ? { value: said }
    : text(
        `"${mask(said)}"不像证件号（字母和数字，6 到 18 位），请核对。`,
        `"${mask(said)}" does not look like the number of a paper (letters and digits, 6 to 18); please check it.`,
      )
}

/** A kept value as a card says it; numbers are masked where more than one person reads. */
export function sayValue(field: FieldName, value: string, masked: boolean): string {
  if (isIdField(field) || field === 'creditCode') return masked ? mask(value) : value
  return field === 'phone' || field.endsWith('Phone') ? sayPhone(value, masked) : value
}
