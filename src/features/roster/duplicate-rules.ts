import { type Text, text } from '../../core/text.ts'
import type { PersonOnFile } from '../people/post/rules.ts'
import { NONE } from './headings.ts'
import { type Fault, faultAt, type PersonColumn, type SaidRow } from './rules.ts'

type Row = SaidRow<PersonColumn>

/** What two people cannot share, and whose it is on file. */
const UNIQUE: readonly {
  readonly column: 'code' | 'email' | 'slack' | 'wecom'
  readonly zh: string
  readonly en: string
  ofOnFile(person: PersonOnFile): readonly string[]
}[] = [
  { column: 'code', zh: '工号', en: 'staff code', ofOnFile: () => [] },
  {
    ...{ column: 'email', zh: '邮箱', en: 'e-mail address' },
    ofOnFile: ({ email }) => (email ? [email] : []),
  },
  { column: 'slack', zh: 'Slack 账号', en: 'Slack account', ofOnFile: ({ slack }) => slack },
  { column: 'wecom', zh: '企业微信账号', en: 'WeCom account', ofOnFile: ({ wecom }) => wecom },
]

/**
 * Staff codes, addresses and accounts that two rows give, also on two sheets, or that somebody has who
 * keeps it: an address whose cell their row leaves blank, and every account.
 */
export function duplicates(rows: readonly Row[], onFile: readonly PersonOnFile[]): Fault[] {
  const coded = new Map(rows.map((row) => [(row.says.code ?? '').toLowerCase(), row]))
  const kept = onFile.flatMap((person) => {
    const row = person.active ? coded.get(person.code.toLowerCase()) : undefined
    return row ? [{ person, row }] : []
  })
  return UNIQUE.flatMap(({ column, zh, en, ofOnFile }) => {
    const taken = new Map<string, Row>()
    for (const { person, row } of kept) {
      if (column === 'email' && row.says.email) continue
      for (const value of ofOnFile(person)) taken.set(value.toLowerCase(), row)
    }
    return rows.flatMap((row) => {
      const value = row.says[column] ?? ''
      if (!value || NONE.test(value)) return []
      const first = taken.get(value.toLowerCase())
      if (!first) taken.set(value.toLowerCase(), row)
      return first && first !== row ? faultAt(row, column, already(zh, en, value, first)) : []
    })
  })
}

const already = (zh: string, en: string, value: string, { sheet, row, says }: Row): Text =>
  text(
    `${zh} ${value} 已经是"${sheet}"第 ${row} 行（${says.name}）的，请改其中一行。`,
    `The ${en} ${value} is that of "${sheet}", row ${row} (${says.name}), already; change one of the rows.`,
  )
