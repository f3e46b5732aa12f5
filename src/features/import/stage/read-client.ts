import type { Day } from '../../../core/calendar/time.ts'
import { day } from '../../../core/calendar/time.ts'
import type { Role } from '../../../core/staff.ts'
import { type Text, text } from '../../../core/text.ts'
import { textOf } from '../../../infra/sheets/cells.ts'
import type { Row } from '../../../infra/sheets/spreadsheet.ts'
import type { Identity } from '../../clients/identity/rules.ts'
import { factColumn } from '../../tier-rules/facts.ts'
import { BY_LEADS, COLUMNS, type Column, NUMBERS } from '../columns/columns.ts'
import { CellFault, type CellValue, type Reading, readCell } from './read-cell.ts'
import type { SaidFacility, Says } from './says.ts'

/** Where a sheet has its columns, and what each is counted in. */
export type Places = ReadonlyMap<Column, { readonly place: number; readonly unit: string | null }>

/** A row as it is staged; with faults nothing of it is taken. */
export interface ReadRow {
  readonly says: Says
  /** What finds the client: `phone:+86…`, `id:…`, `credit-code:…`. */
  readonly keys: readonly string[]
  readonly account: string | null
  readonly faults: readonly Text[]
}

/** What stands below a list and is nobody. */
const BELOW =
  /^(?:合计|总计|小计|共计|制表|填表|审核|复核|经办|负责人|备注[:]|说明[:]|注[:]|total\b|prepared by)/i

/** Whether a row is a sum or a signature below the list. */
export const isBelow = ({ cells }: Row, keys: readonly string[]): boolean =>
  keys.length === 0 && cells.some((cell) => BELOW.test(textOf(cell)))

/** Columns of `client` by ours, where the text of the cell is what is kept. */
const TEXTS = {
  ...{ name: 'name', businessName: 'business_name', source: 'source', address: 'address' },
  ...{ sourceDetail: 'source_detail', region: 'region', cluster: 'cluster' },
  ...{ industry: 'industry', wechat: 'wechat', language: 'language' },
  ...{ licenceEnds: 'licence_ends_on', kind: 'kind' },
} as const satisfies Partial<Record<Column, string>>

/** Of ages and months that were said as a count: how far the day may be off. */
const VAGUE_DAYS = { age: 366, monthsOperating: 31, mortgageMonthsPaid: 31 } as const

/** Reads a row of a book of clients. Every fault of it is found at once. */
export function readClient(row: Row, places: Places, role: Role | null, reading: Reading): ReadRow {
  const faults: Text[] = []
  const values = new Map<Column, Exclude<CellValue, null>>()
  for (const [column, { place, unit }] of places) {
    const value = readCell(row, place, COLUMNS[column], unit, reading)
    if (value instanceof CellFault) faults.push(named(COLUMNS[column].label, value.why))
    else if (value !== null) values.set(column, value)
  }
  const textIn = (column: Column) => (values.get(column) as string | undefined) ?? null
  const yuanIn = (column: Column) => (values.get(column) as number | undefined) ?? null
  const papers = identitiesIn(values)
  const keys = papers.map(({ kind, value }) => `${kind}:${value}`)
  if (role === 'manager' && textIn('kind') === 'existing') faults.push(BY_LEADS)
  if (keys.length === 0 && !textIn('account') && faults.length === 0) faults.push(NO_NUMBER)
  const credit = {
    account: textIn('account'),
    limit: yuanIn('limit'),
    balance: yuanIn('balance'),
    opened: textIn('opened') as Day | null,
    ends: textIn('creditEnds') as Day | null,
  }
  faults.push(...creditFaults(credit))
  const facility = facilityOf(credit, textIn('product'), textIn('facilityKind'))
  const { facts, vague } = factsIn(values, row, places)
  const born = bornOf(papers)
  const client = Object.fromEntries(
    Object.entries(TEXTS).flatMap(([column, kept]) => {
      const said = textIn(column as Column)
      return said === null ? [] : [[kept, said]]
    }),
  )
  const said: Says = {
    client: {
      ...client,
      ...numbersOf(papers),
      ...(!facility && credit.ends && { credit_expires_on: credit.ends }),
    },
    facts: { ...facts, ...(!facility && creditFacts(credit, yuanIn('usage'))), ...born },
    vague: 'born_on' in born ? { ...vague, born_on: 0 } : vague,
    phones: papers.flatMap(({ kind, value }) => (kind === 'phone' ? [value] : [])),
    facility,
    held: (values.get('held') as readonly string[] | undefined) ?? [],
    note: textIn('note'),
    owner: ownerOf(textIn('ownerCode'), textIn('owner')),
    asOf: (textIn('asOf') as Day | null) ?? reading.today,
  }
  if (said.asOf > reading.today) faults.push(IN_FUTURE)
  return { says: said, keys, account: credit.account, faults }
}

/** A staff code; no name of a person has a digit. */
const CODE = /^(?=.*\d)[a-z\d-]{1,20}$/i
/** 张伟(M001), 张伟 M001. */
const NAME_AND_CODE = /^(.+?)\s*[([\s]\s*((?=\S*\d)[a-z\d-]{1,20})[)\]]?$/i

/** Whose a client is to be: a column of managers holds names, staff codes, or both in one cell. */
function ownerOf(code: string | null, name: string | null): Says['owner'] {
  if (code !== null || name === null) return { code, name }
  const said = name.normalize('NFKC')
  if (CODE.test(said)) return { code: said, name: null }
  const [, alone, own] = said.match(NAME_AND_CODE) ?? []
  return alone && own ? { code: own, name: alone } : { code, name }
}

const named = ({ zh, en }: Text, why: Text): Text => text(`${zh}：${why.zh}`, `${en}: ${why.en}`)

function identitiesIn(values: ReadonlyMap<Column, unknown>): Identity[] {
  const found = NUMBERS.flatMap((column) =>
    column === 'account' ? [] : ((values.get(column) as readonly Identity[] | undefined) ?? []),
  )
  return [...new Map(found.map((each) => [`${each.kind}:${each.value}`, each])).values()]
}

const numbersOf = (papers: readonly Identity[]) => {
  const first = (kind: Identity['kind']) => papers.find((each) => each.kind === kind)?.value
  const [id, code] = [first('id'), first('credit-code')]
  return { ...(id && { id_number: id }), ...(code && { credit_code: code }) }
}

/** The birthday that stands in an identity number. */
function bornOf(papers: readonly Identity[]): { born_on?: Day } {
  const id = papers.find(({ kind }) => kind === 'id')?.value
  return id ? { born_on: day(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`) } : {}
}

function factsIn(values: ReadonlyMap<Column, CellValue>, row: Row, places: Places) {
  const facts: Record<string, boolean | number | string> = {}
  const vague: Record<string, number> = {}
  for (const [column, value] of values) {
    const { fact } = COLUMNS[column]
    if (!fact) continue
    facts[factColumn(fact)] = value as boolean | number | string
    const cell = textOf(row.cells[places.get(column)?.place ?? -1])
    // A day has at least its year and month.
    if (fact in VAGUE_DAYS && !/\d{4}/.test(cell)) {
      vague[factColumn(fact)] = VAGUE_DAYS[fact as keyof typeof VAGUE_DAYS]
    }
  }
  return { facts, vague }
}

interface Credit {
  readonly account: string | null
  readonly limit: number | null
  readonly balance: number | null
  readonly opened: Day | null
  readonly ends: Day | null
}

function creditFaults({ account, limit, balance, opened, ends }: Credit): Text[] {
  return [
    ...((limit ?? 0) < 0 || (balance ?? 0) < 0 ? [NEGATIVE] : []),
    ...(opened && ends && opened > ends ? [ENDS_BEFORE] : []),
    ...(account && limit === null ? [NO_LIMIT] : []),
  ]
}

const facilityOf = (
  { account, limit, balance, opened, ends }: Credit,
  product: string | null,
  kind: string | null,
): SaidFacility | null =>
  account && limit !== null
    ? {
        ...{ account, product, limit, balance: balance ?? 0, opened, ends },
        kind: kind === 'loan' || kind === 'line' ? kind : null,
      }
    : null

/** What a book without account numbers says of the credit. */
function creditFacts({ limit, balance }: Credit, usage: number | null) {
  const counted = limit && balance !== null ? Math.min(1, balance / limit) : null
  const used = usage ?? (counted === null ? null : Math.round(counted * 1e6) / 1e6)
  return {
    ...(limit !== null && { credit_limit: limit }),
    ...(used !== null && { usage_rate: used }),
  }
}

const NO_NUMBER = text(
  '没有手机号、身份证号、统一社会信用代码或授信账号。',
  'There is no phone, ID number, social credit code or account.',
)
const NEGATIVE = text('额度和余额不能是负数。', 'A limit or balance may not be negative.')
const ENDS_BEFORE = text('授信到期日在起始日之前。', 'The credit ends before it begins.')
const NO_LIMIT = text('有授信账号，没有授信额度。', 'There is an account and no credit limit.')
const IN_FUTURE = text('数据日期在今天之后。', 'The day of the figures is in the future.')
