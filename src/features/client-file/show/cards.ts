import { sayPhone } from '../../../bot/grammar/phone.ts'
import type { Moment } from '../../../bot/moment.ts'
import { type Day, dayIn, daysBetween, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Button, Card, Field, ListItem } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import type {
  ClientDocument,
  ClientNote,
  HeldOnFile,
  Relative,
} from '../../clients/file/rows-store.ts'
import type { ClientPhone } from '../../clients/identity/phones-store.ts'
import { mask } from '../../clients/identity/rules.ts'
import type { Client } from '../../clients/rules.ts'
import type { Completeness } from '../../completeness/rules.ts'
import { type Credit, creditOf, type Facility } from '../../facilities/rules.ts'
import { FACT_NAMES, type Facts, factLabel } from '../../tier-rules/facts.ts'
import { sayFact } from '../../tier-rules/labels.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import { missingLine } from '../complete/cards.ts'
import type { FileColumns, Settled } from '../store.ts'
import { idLabel, namesOf } from './labels.ts'

/** All that is on a client's file. */
export interface ClientFile {
  readonly client: Client
  readonly columns: FileColumns
  readonly phones: readonly ClientPhone[]
  readonly relatives: readonly Relative[]
  readonly facilities: readonly Facility[]
  readonly held: readonly HeldOnFile[]
  readonly documents: readonly ClientDocument[]
  readonly notes: readonly ClientNote[]
  /** What is recorded, and by fact the day of which it is known. */
  readonly facts: { readonly known: Facts; readonly days: Readonly<Record<string, Day>> }
  /** Null: of one who lapsed nothing more is asked. */
  readonly complete: Completeness | null
}

interface Reader {
  readonly at: Moment
  readonly language: Language
  readonly shared: boolean
}

/** The whole file; what nobody recorded is left out, numbers are masked where more than one person reads. */
export function fileCard(file: ClientFile, reader: Reader): Card {
  const { client } = file
  const { language } = reader
  const say = speaker(language)
  const lists: readonly (readonly [string, readonly ListItem[]])[] = [
    [say('电话', 'Phones'), file.phones.map((each) => phoneItem(each, reader, say))],
    [
      say('家庭和担保人', 'Household and guarantors'),
      file.relatives.map((each) => relativeItem(each, reader, say)),
    ],
    [say('授信', 'Facilities'), facilityItems(file.facilities, reader, say)],
    [say('信息', 'Facts'), factItems(file.facts, reader, say)],
    [say('持有产品', 'Products held'), file.held.map((each) => heldItem(each, reader, say))],
    [say('资料', 'Documents'), file.documents.map((each) => documentItem(each, reader, say))],
    [say('备注', 'Notes'), file.notes.map((each) => noteItem(each, reader))],
  ]
  const blocks: Block[] = [
    ...(file.complete
      ? [{ kind: 'text', text: missingLine(file.complete, language) } as const]
      : []),
    { kind: 'fields', fields: basicFields(file.columns, reader, say) },
    ...lists.flatMap(([heading, items]): Block[] =>
      items.length > 0 ? [{ kind: 'list', heading, items }] : [],
    ),
    { kind: 'buttons', buttons: fileButtons(client.id, say) },
  ]
  return {
    title: say(`${client.name} 的档案`, `File of ${client.name}`),
    blocks,
  }
}

function fileButtons(clientId: string, say: Say): Button[] {
  const input = { clientId }
  return [
    { label: say('修改', 'Change'), opensForm: true, intent: { command: 'change-form', input } },
    { label: say('修改记录', 'Changes'), intent: { command: 'file-history', input } },
    { label: say('客户卡片', 'Card'), intent: { command: 'client', input } },
  ]
}

function basicFields(columns: FileColumns, { shared }: Reader, say: Say): Field[] {
  const number = (value: string | null) => (value && shared ? mask(value) : value)
  const fields: readonly (readonly [string, string | null])[] = [
    [say('店名', 'Business'), columns.businessName],
    [idLabel(columns.idKind, say), number(columns.idNumber)],
    [say('出生', 'Born'), columns.bornOn],
    [say('信用代码', 'Credit code'), number(columns.creditCode)],
    [say('地址', 'Address'), columns.address],
    [say('区域', 'Region'), columns.region],
    [say('行业', 'Industry'), columns.industry],
    [say('集群', 'Cluster'), columns.cluster],
    [say('经营自', 'In business since'), columns.operatingSince?.slice(0, 7) ?? null],
    [say('执照到期', 'Licence ends'), columns.licenceEndsOn],
    [say('微信', 'WeChat'), columns.wechat],
    [say('语言', 'Language'), columns.language],
    [say('勿打', 'Not called'), columns.quietHours],
    [say('来源说明', 'Source'), columns.sourceDetail],
  ]
  return fields.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
}

function phoneItem(phone: ClientPhone, { shared }: Reader, say: Say): ListItem {
  const what = [
    phone.person ?? phone.label,
    phone.preferred && phone.state === 'ok' && say('首选', 'first'),
    phone.state === 'dead' && say('空号', 'dead'),
  ].filter(Boolean)
  return { text: [sayPhone(phone.number, shared), ...what].join(' · ') }
}

const relativeItem = (each: Relative, { shared }: Reader, say: Say): ListItem => ({
  text: [
    each.kind === 'guarantor' ? say('担保人', 'guarantor') : null,
    each.relation,
    each.name,
    each.phone && sayPhone(each.phone, shared),
  ]
    .filter(Boolean)
    .join(' · '),
})

const share = (part: number) => `${Math.round(part * 100)}%`

/** A line for all of them, then each; a drawing behind its line. */
export function facilityItems(
  facilities: readonly Facility[],
  reader: Reader,
  say: Say,
): ListItem[] {
  if (facilities.length === 0) return []
  const whole = { text: creditLine(creditOf(facilities, reader.at.today), reader, say) }
  return [whole, ...facilities.map((each) => facilityItem(each, reader, say))]
}

/** That everything is paid back, since when, and what the client was. */
export const settledLine = (
  { since, lastTier }: Settled,
  { at, language }: Reader,
  say: Say,
): string =>
  [
    say('已结清', 'settled'),
    since && say(`${sayDay(since, at.today, 'zh')} 起`, `since ${sayDay(since, at.today, 'en')}`),
    lastTier && say(`原 ${tierLabel(lastTier, language)}`, `was ${tierLabel(lastTier, language)}`),
  ]
    .filter(Boolean)
    .join(' · ')

/** What a client's facilities come to, in a line. */
export function creditLine(credit: Credit, { at, language }: Reader, say: Say): string {
  const on = (day: Day) => sayDay(day, at.today, language)
  return [
    say(
      `授信 ${sayYuan(credit.limit, language)}，余额 ${sayYuan(credit.balance, language)}`,
      `limit ${sayYuan(credit.limit, language)}, balance ${sayYuan(credit.balance, language)}`,
    ),
    credit.usage !== null && say(`用信 ${share(credit.usage)}`, `${share(credit.usage)} used`),
    credit.creditEndsOn &&
      say(`${on(credit.creditEndsOn)} 到期`, `ends ${on(credit.creditEndsOn)}`),
    credit.overdue && say('有逾期', 'overdue'),
  ]
    .filter(Boolean)
    .join(' · ')
}

function facilityItem(each: Facility, { at, language, shared }: Reader, say: Say): ListItem {
  const kind =
    each.lineId !== null
      ? say('借据', 'drawing')
      : each.kind === 'line'
        ? say('额度', 'line')
        : say('贷款', 'loan')
  const source = {
    feed: say('核心系统', 'feed'),
    lead: say('主管确认', 'lead'),
    import: say('导入', 'import'),
  }
  const account = each.account && (shared ? mask(each.account) : each.account)
  return {
    text: [
      `${each.lineId ? '└ ' : ''}${[each.product && productLabel(at.catalogue, each.product, language), kind].filter(Boolean).join(' ')}`,
      say(
        `${sayYuan(each.creditLimit, language)}，余额 ${sayYuan(each.balance, language)}`,
        `${sayYuan(each.creditLimit, language)}, balance ${sayYuan(each.balance, language)}`,
      ),
      each.state === 'closed'
        ? say('已结清', 'closed')
        : each.endsOn && say(`至 ${each.endsOn}`, `until ${each.endsOn}`),
      account,
      say(
        `${source[each.confirmedBy]}，截至 ${sayDay(each.asOf, at.today, 'zh')}`,
        `${source[each.confirmedBy]}, as of ${sayDay(each.asOf, at.today, 'en')}`,
      ),
    ]
      .filter(Boolean)
      .join(' · '),
  }
}

function factItems({ known, days }: ClientFile['facts'], { at, language }: Reader, say: Say) {
  return FACT_NAMES.flatMap((fact): ListItem[] => {
    const value = known[fact] ?? null
    if (value === null) return []
    const day = days[fact]
    const on = day && sayDay(day, at.today, language)
    const what = `${factLabel(fact)[language]} ${sayFact(fact, value, say, language)}`
    return [{ text: [what, on && say(`截至 ${on}`, `as of ${on}`)].filter(Boolean).join(' · ') }]
  })
}

const heldItem = (each: HeldOnFile, { at, language }: Reader, say: Say): ListItem => ({
  text: [
    productLabel(at.catalogue, each.product, language),
    each.since && say(`${each.since} 起`, `since ${each.since}`),
    each.until && say(`至 ${each.until}`, `until ${each.until}`),
    say(
      `截至 ${sayDay(each.asOf, at.today, language)}`,
      `as of ${sayDay(each.asOf, at.today, language)}`,
    ),
    each.by,
  ]
    .filter(Boolean)
    .join(' · '),
})

function documentItem(each: ClientDocument, { at }: Reader, say: Say): ListItem {
  const left = each.validUntil === null ? null : daysBetween(at.today, each.validUntil)
  return {
    text: [
      ...namesOf(each.kind, each.name, say),
      left !== null &&
        (left < 0
          ? say(`已于 ${each.validUntil} 过期`, `expired ${each.validUntil}`)
          : say(`有效至 ${each.validUntil}`, `valid until ${each.validUntil}`)),
      dayIn(each.at, at.timezone),
      each.by,
    ]
      .filter(Boolean)
      .join(' · '),
    buttons: [
      {
        label: say('查看', 'Open'),
        intent: { command: 'client-document', input: { documentId: each.id } },
      },
    ],
  }
}

const noteItem = ({ text, by, at: noted }: ClientNote, { at, language }: Reader): ListItem => ({
  text: [text, sayDay(dayIn(noted, at.timezone), at.today, language), by]
    .filter(Boolean)
    .join(' · '),
})
