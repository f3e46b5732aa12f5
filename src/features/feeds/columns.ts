import { readFullPhone } from '../../bot/grammar/phone.ts'
import { type Day, isDay } from '../../core/calendar/time.ts'
import { isCreditCode, isIdNumber } from '../../core/identity/identity-numbers.ts'
import { type Text, text } from '../../core/text.ts'
import { lastDayOf } from '../../infra/sheets/cells.ts'
import { accountOf } from '../facilities/confirm/rules.ts'
import { FACT_NAMES, FACTS, type FactName, factLabel } from '../tier-rules/facts.ts'
import { isDated, SINCE } from '../tiers/entry/rules.ts'
import type { Feed } from './rules.ts'

/** How a row names its client. */
export type KeyKind = 'core-number' | 'id' | 'credit-code' | 'phone'

/** A cell that could not be read, with what was expected. */
export class CellFault extends Error {
  readonly because: Text
  constructor(zh: string, en: string) {
    super(zh)
    this.because = text(zh, en)
  }
}

const wrong = (cell: string, zh: string, en: string): never => {
  throw new CellFault(`"${cell.slice(0, 40)}"应为${zh}`, `"${cell.slice(0, 40)}" should be ${en}`)
}

const KEYS: Readonly<Record<KeyKind, readonly [RegExp, (cell: string) => string]>> = {
  'core-number': [
    /^(?:客户号|客户编号|客户代码|核心客户号|client ?(?:no|number|code)|core ?number)$/i,
    (cell) =>
      /^[0-9A-Z-]{1,40}$/i.test(cell)
        ? cell.toUpperCase()
        : wrong(cell, '客户号', 'a client number'),
  ],
  id: [
    /^(?:身份证号?码?|证件号码?|id|id ?number)$/i,
    (cell) =>
      isIdNumber(cell.toUpperCase()) ? cell.toUpperCase() : wrong(cell, '身份证号', 'an ID number'),
  ],
  'credit-code': [
    /^(?:统一社会信用代码|社会信用代码|信用代码|credit ?code)$/i,
    (cell) =>
      isCreditCode(cell.toUpperCase())
        ? cell.toUpperCase()
        : wrong(cell, '统一社会信用代码', 'a credit code'),
  ],
  phone: [
    /^(?:手机号?码?|电话|联系电话|phone|mobile)$/i,
    (cell) => readFullPhone(cell) ?? wrong(cell, '手机号', 'a phone number'),
  ],
}

type Value = string | number | boolean | null
interface Field {
  readonly heading: RegExp
  /** Null: the cell says nothing. */
  readonly read: (cell: string, today: Day) => Value
}

const yuan = (cell: string): number => {
  const value = Number(cell.replaceAll(',', ''))
  return Number.isFinite(value) && Math.abs(value) <= 1e12
    ? Math.round(value)
    : wrong(cell, '金额（元）', 'an amount in yuan')
}
const amount = (cell: string): number => {
  const value = yuan(cell)
  return value >= 0 ? value : wrong(cell, '不小于 0 的金额', 'an amount of at least 0')
}
const dayCell = (cell: string, today: Day): string | null => {
  const read = lastDayOf(cell, today)
  return read === null || isDay(read) ? read : wrong(cell, '日期', 'a day')
}
const oneOf =
  (words: readonly (readonly [RegExp, string])[], zh: string, en: string) =>
  (cell: string): string =>
    words.find(([pattern]) => pattern.test(cell))?.[1] ?? wrong(cell, zh, en)
const anyText = (cell: string): string =>
  cell.length <= 200 ? cell : wrong(cell, '200 字以内', 'at most 200 characters')
const accountCell = (cell: string): string =>
  accountOf(cell) ?? wrong(cell, '账号（4 到 40 位）', 'an account of 4 to 40 characters')

const FACILITY: Readonly<Record<string, Field>> = {
  account: {
    heading: /^(?:账号|帐号|合同号|合同编号|借据号|account|contract)$/i,
    read: accountCell,
  },
  lineAccount: {
    heading: /^(?:所属授信|授信合同号?|额度合同号?|额度账号|line|line ?account)$/i,
    read: accountCell,
  },
  kind: {
    heading: /^(?:类型|种类|kind|type)$/i,
    read: oneOf(
      [
        [/^(?:授信|额度|line)/i, 'line'],
        [/^(?:贷款|借款|借据|loan|drawing)/i, 'loan'],
      ],
      '"授信"或"贷款"',
      '"line" or "loan"',
    ),
  },
  product: { heading: /^(?:产品|产品代码|product)$/i, read: anyText },
  creditLimit: {
    heading: /^(?:额度|授信额度|授信金额|贷款金额|金额|limit|credit ?limit|amount)$/i,
    read: amount,
  },
  balance: { heading: /^(?:余额|贷款余额|用信余额|balance)$/i, read: amount },
  openedOn: {
    heading: /^(?:开立日期?|起始日期?|放款日期?|起期|opened|opened ?on)$/i,
    read: dayCell,
  },
  endsOn: { heading: /^(?:到期日期?|到期|终止日期?|止期|ends|ends ?on|due)$/i, read: dayCell },
  state: {
    heading: /^(?:状态|state|status)$/i,
    read: oneOf(
      [
        [/^(?:正常|有效|未结清|逾期|open|active|normal|overdue)$/i, 'open'],
        [/^(?:结清|已结清|终止|注销|closed|settled)$/i, 'closed'],
      ],
      '"正常"或"结清"',
      '"open" or "closed"',
    ),
  },
  closedOn: { heading: /^(?:结清日期?|closed|closed ?on)$/i, read: dayCell },
}

const nameCell = (cell: string): string =>
  cell.length <= 40 ? cell : wrong(cell, '40 字以内', 'at most 40 characters')
const number = (kind: KeyKind): Field => ({ heading: KEYS[kind][0], read: KEYS[kind][1] })

const CLIENT: Readonly<Record<string, Field>> = {
  name: { heading: /^(?:姓名|客户姓名|客户名称|户名|name|client ?name)$/i, read: nameCell },
  owner_code: {
    heading: /^(?:工号|客户经理工号|管户经理工号|管户工号|owner ?code|manager ?code|staff ?code)$/i,
    read: nameCell,
  },
  ...{ id_number: number('id'), credit_code: number('credit-code'), phone: number('phone') },
  core_number: number('core-number'),
  business_name: {
    heading: /^(?:企业名称|单位名称|店名|商号|business|business ?name)$/i,
    read: anyText,
  },
  address: { heading: /^(?:地址|经营地址|address)$/i, read: anyText },
  licence_ends_on: { heading: /^(?:执照到期日?|营业期限至?|licence ?ends)$/i, read: dayCell },
}

/** Facts that departments decide, and no feed. */
const DECIDED: readonly FactName[] = ['namedByMarketing', 'namedByRisk']

const FACT: Readonly<Record<string, Field>> = Object.fromEntries(
  FACT_NAMES.filter((name) => !DECIDED.includes(name)).map((name) => {
    const { zh, en } = factLabel(name)
    const names = [name, zh, en, ...(isDated(name) ? [SINCE[name]] : [])].map((each) =>
      each.toLowerCase(),
    )
    const heading = { test: (title: string) => names.includes(title.toLowerCase()) } as RegExp
    return [name, { heading, read: (cell: string, today: Day) => factCell(name, cell, today) }]
  }),
)

function factCell(name: FactName, cell: string, today: Day): Value {
  if (isDated(name)) return dayCell(cell, today)
  const yes = /^(?:1|是|有|y|yes|true)$/i.test(cell)
  const no = /^(?:0|否|无|n|no|false)$/i.test(cell)
  const [schema] = FACTS[name]
  const candidates: unknown[] = [
    ...(yes || no ? [yes] : []),
    ...(/^-?[\d,]+(?:\.\d+)?$/.test(cell) ? [Number(cell.replaceAll(',', ''))] : []),
    ...(/^\d+(?:\.\d+)?%$/.test(cell) ? [Number(cell.slice(0, -1)) / 100] : []),
    cell,
  ]
  for (const candidate of candidates) {
    const read = schema.safeParse(candidate)
    if (read.success) return read.data
  }
  return wrong(cell, `${factLabel(name).zh}的值`, `a value of ${factLabel(name).en}`)
}

const FIELDS: Readonly<Record<Feed, Readonly<Record<string, Field>>>> = {
  facilities: FACILITY,
  facts: FACT,
  clients: CLIENT,
}
const NEEDED: Readonly<Record<Feed, readonly string[]>> = {
  facilities: ['account', 'creditLimit', 'balance'],
  facts: [],
  clients: [],
}

/** Where the columns of a feed stand. */
export interface Columns {
  readonly keys: readonly (readonly [KeyKind, number])[]
  readonly fields: readonly (readonly [string, number])[]
  /** Headings that mean nothing here. */
  readonly unread: readonly string[]
  /** What is missing, as people call it; none: the feed can be read. */
  readonly missing: readonly Text[]
}

/** The columns by their headings. */
export function columnsOf(feed: Feed, headings: readonly string[]): Columns {
  const titles = headings.map((each) => each.normalize('NFKC').trim())
  const placed = <Name extends string>(
    of: Readonly<Record<Name, { test(title: string): boolean }>>,
  ) =>
    (Object.keys(of) as Name[]).flatMap((name): (readonly [Name, number])[] => {
      const place = titles.findIndex((title) => of[name].test(title))
      return place < 0 ? [] : [[name, place]]
    })
  const numbers = {
    id: KEYS.id[0],
    'credit-code': KEYS['credit-code'][0],
    phone: KEYS.phone[0],
  }
  const core = { 'core-number': KEYS['core-number'][0] }
  // A feed of clients says which number the core system gives to whom it names otherwise.
  const keys = placed(feed === 'clients' ? { ...numbers, ...core } : { ...core, ...numbers })
  const fields = placed(
    Object.fromEntries(Object.entries(FIELDS[feed]).map(([name, { heading }]) => [name, heading])),
  )
  const used = new Set([...keys, ...fields].map(([, place]) => place))
  const has = new Set(fields.map(([name]) => name))
  const lacking = NEEDED[feed].filter((name) => !has.has(name))
  return {
    keys,
    fields,
    unread: titles.filter((title, place) => title && !used.has(place)),
    missing: [
      ...(keys.length === 0
        ? [text('客户号、身份证、信用代码或手机', 'a number of the client')]
        : []),
      ...lacking.map((name) => LABELS[name] ?? text(name, name)),
      ...(fields.length === 0 ? [text('至少一列数据', 'a column of data')] : []),
    ],
  }
}

const LABELS: Readonly<Record<string, Text>> = {
  account: text('账号', 'account'),
  creditLimit: text('额度', 'limit'),
  balance: text('余额', 'balance'),
}

/** A row of a feed as it is staged. */
export interface FeedCells {
  readonly keyKind: KeyKind
  readonly key: string
  /** By field; what a cell did not say is left out. */
  readonly cells: Readonly<Record<string, Value>>
}

/** Reads a row; throws `CellFault` for the first cell that cannot be read. */
export function readCells(
  feed: Feed,
  columns: Columns,
  row: readonly string[],
  today: Day,
): FeedCells {
  const at = (place: number) => (row[place] ?? '').normalize('NFKC').replace(/^'/, '').trim()
  if (row.some((cell) => cell.includes('\ufffd'))) {
    throw new CellFault(
      '有认不出的字，请用 UTF-8 或 GB18030',
      'letters are damaged; use UTF-8 or GB18030',
    )
  }
  const named = columns.keys.find(([, place]) => at(place))
  if (!named) throw new CellFault('没有客户的号码', 'no number of the client')
  const [keyKind, keyPlace] = named
  const key = KEYS[keyKind][1](at(keyPlace))
  const cells: Record<string, Value> = {}
  for (const [name, place] of columns.fields) {
    const cell = at(place)
    if (!cell) continue
    const value = FIELDS[feed][name]?.read(cell, today) ?? null
    if (value !== null) cells[name] = value
  }
  for (const name of NEEDED[feed]) {
    if (cells[name] === undefined) {
      throw new CellFault(
        `缺少${LABELS[name]?.zh ?? name}`,
        `${LABELS[name]?.en ?? name} is missing`,
      )
    }
  }
  return { keyKind, key, cells }
}
