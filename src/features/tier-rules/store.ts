import { type Day, day, monthsBetween, yearsBetween } from '../../core/calendar/time.ts'
import { toDay } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Edition } from '../editions/rules.ts'
import { inForce, install } from '../editions/store.ts'
import type { KnownOn } from './ages.ts'
import type { Facts } from './facts.ts'
import { withMark } from './marks.ts'
import { SHIPPED_PROSPECT } from './shipped-prospect.ts'
import { SHIPPED_EXISTING, SHIPPED_FROM } from './shipped-standards.ts'
import { type Standard, standardSchema } from './standard.ts'

/** A client's recorded facts, with what the standard in force is chosen by. */
export interface RecordedFacts {
  readonly clientId: string
  readonly kind: 'prospect' | 'existing'
  readonly facts: Facts
  readonly knownOn: KnownOn
}

/** By which standard a client of a kind is judged: one who lapsed, as what they were. */
export const judgedAs = (kind: string): RecordedFacts['kind'] =>
  kind === 'prospect' ? 'prospect' : 'existing'

type FactsRow = Record<string, unknown> & {
  clientId: string
  bornOn: Date | null
  operatingSince: Date | null
  mortgageSince: Date | null
}

/**
 * Facts by client; one without a row has none recorded. Age and months are counted on `today`; where the class of
 * the industry is not recorded, it is the mark of the industry.
 */
export async function recordedFacts(
  tx: Queries,
  clientIds: readonly string[],
  today: Day,
): Promise<RecordedFacts[]> {
  const [standards, clients] = await Promise.all([
    standardsOn(tx, today),
    tx.client.findMany({
      where: { id: { in: [...clientIds] } },
      select: { id: true, kind: true, industryCode: true, facts: true },
    }),
  ])
  return clients.map(({ id, kind, industryCode, facts }) => {
    const own = {
      facts: facts ? toFacts(facts, today) : {},
      knownOn: (facts?.asOf ?? {}) as KnownOn,
    }
    const { industries } = standards[judgedAs(kind)]
    return { clientId: id, kind: judgedAs(kind), ...withMark(own, industryCode, industries) }
  })
}

function toFacts(row: FactsRow, today: Day): Facts {
  const { clientId: _, asOf: __, bornOn, operatingSince, mortgageSince, ...columns } = row
  const plain = Object.entries(columns).map(([name, value]) => {
    return [name, typeof value === 'bigint' ? Number(value) : value]
  })
  return {
    ...Object.fromEntries(plain),
    age: bornOn && yearsBetween(toDay(bornOn), today),
    monthsOperating: operatingSince && monthsBetween(toDay(operatingSince), today),
    mortgageMonthsPaid: mortgageSince && monthsBetween(toDay(mortgageSince), today),
  }
}

/** The facts that a tier change keeps, as they were on its day; what is counted is kept as a day. */
export function factsThen(kept: unknown, on: Day): Facts {
  const { age, monthsOperating, mortgageMonthsPaid, ...plain } = kept as Record<string, unknown>
  const counted = (from: unknown, count: typeof monthsBetween) =>
    typeof from === 'string' ? count(day(from), on) : null
  return {
    ...plain,
    age: counted(age, yearsBetween),
    monthsOperating: counted(monthsOperating, monthsBetween),
    mortgageMonthsPaid: counted(mortgageMonthsPaid, monthsBetween),
  }
}

/** Standards read before, by what they say: equal hashes are equal bodies. */
const read = new Map<string, Standard>()

/** The standard that an edition holds. */
export function standardOf({ kind, version, hash, body }: Edition): Standard {
  const key = `${kind} ${version} ${hash}`
  const standard =
    read.get(key) ??
    standardSchema.parse({ ...(body as object), kind: kind.replace('tiers:', ''), version })
  read.set(key, standard)
  return standard
}

/** What is kept of a standard: version and kind are the edition's. */
export function bodyOf(standard: Standard): unknown {
  const { kind: _, version: __, ...body } = standard
  return body
}

/** The standards in force on a day, by kind of client. */
export async function standardsOn(
  tx: Queries,
  today: Day,
): Promise<Record<RecordedFacts['kind'], Standard>> {
  const [prospect, existing] = await Promise.all([
    inForce(tx, 'tiers:prospect', today),
    inForce(tx, 'tiers:existing', today),
  ])
  return { prospect: standardOf(prospect), existing: standardOf(existing) }
}

/** The classes that prospects fall in on a day. */
export async function prospectClasses(tx: Queries, today: Day): Promise<string[]> {
  const { tiers, otherwise } = (await standardsOn(tx, today)).prospect
  return [...tiers.map(({ tier }) => tier), otherwise.none, otherwise.open]
}

/** Puts the shipped standards on file where the bank has none yet. */
export async function installStandards(tx: Queries): Promise<void> {
  for (const standard of [SHIPPED_PROSPECT, SHIPPED_EXISTING]) {
    await install(tx, `tiers:${standard.kind}`, bodyOf(standard), SHIPPED_FROM)
  }
}
