import { addMonths, type Day } from '../core/calendar/time.ts'
import type { Chance } from './chance.ts'
import type { Trade } from './names.ts'
import type { Row } from './rows.ts'

/** What kind of client the facts are to tell of. */
export type Profile =
  | 'key'
  | 'potential'
  | 'maintained'
  | 'inclusive'
  | 'adjust'
  | 'exit'
  | 'unknown'
  | 'premium'
  | 'ordinary'
  | 'not-a-target'
  | 'new'

/** How many of a hundred existing clients, and of a hundred prospects, are of each kind. */
export const EXISTING = {
  key: 4,
  potential: 18,
  maintained: 15,
  inclusive: 38,
  adjust: 8,
  exit: 5,
  unknown: 12,
} as const satisfies Partial<Record<Profile, number>>
export const PROSPECTS = {
  premium: 15,
  ordinary: 35,
  'not-a-target': 10,
  new: 40,
} as const satisfies Partial<Record<Profile, number>>

export const industryClassOf = (profile: Profile, chance: Chance): Trade['industryClass'] => {
  switch (profile) {
    case 'key':
    case 'premium':
      return 'promising'
    case 'exit':
      return chance.percent(20) ? 'barred' : 'neutral'
    case 'adjust':
      return chance.percent(50) ? 'cautious' : 'neutral'
    default:
      return chance.percent(25) ? 'promising' : 'neutral'
  }
}

const thousands = (chance: Chance, low: number, high: number): number =>
  chance.between(low, high) * 1000

/** The facts on file of a client, by column; many are unknown, as in life. */
export function factsOf(
  profile: Profile,
  industryClass: Trade['industryClass'],
  bornOn: Day,
  chance: Chance,
  today: Day,
): Row {
  const ago = (months: number): Day => addMonths(today, -months)
  /** Recorded so many times of a hundred. */
  const maybe = <Value>(share: number, value: Value): Value | null =>
    chance.percent(share) ? value : null
  const person = {
    nationality: 'CN',
    born_on: bornOn,
    full_civil_capacity: maybe(90, true),
    criminal_record: maybe(80, false),
    good_credit: maybe(85, true),
    operates_business: true,
    has_stable_premises: maybe(90, true),
    industry_class: maybe(profile === 'unknown' ? 60 : 96, industryClass),
  }
  const home = {
    stable_home: true,
    owns_home_in_province: true,
    home_value: thousands(chance, 350, 2200),
    car_value: maybe(40, thousands(chance, 40, 300)),
    savings: maybe(35, thousands(chance, 10, 800)),
  }
  // Deposits and income go with the loan, as far as a made-up bank can tell.
  const credit = (low: number, high: number, from: number, to: number) => {
    const limit = chance.between(low, high) * 10_000
    const used = chance.between(from, to)
    return {
      credit_limit: limit,
      usage_rate: used / 100,
      deposits: Math.round((limit * (120 - used)) / 1000),
      yearly_income: Math.round((limit * used) / 2000),
    }
  }
  switch (profile) {
    case 'key':
      return {
        ...person,
        ...home,
        ...credit(80, 300, 10, 95),
        operating_since: ago(chance.between(37, 200)),
        separate_finances: true,
        sound_governance: true,
        general_taxpayer: true,
        net_assets: thousands(chance, 3000, 20_000),
        annual_sales: thousands(chance, 5000, 40_000),
        debt_ratio: chance.between(15, 68) / 100,
        annual_invoiced: thousands(chance, 3000, 20_000),
      }
    case 'potential':
      return {
        ...person,
        ...home,
        ...credit(50, 150, 0, 50),
        operating_since: ago(chance.between(13, 160)),
        separate_finances: maybe(60, chance.percent(40)),
        general_taxpayer: maybe(70, chance.percent(40)),
        annual_sales: maybe(55, thousands(chance, 800, 9000)),
        debt_ratio: maybe(30, chance.between(20, 80) / 100),
      }
    case 'maintained':
      return {
        ...person,
        ...home,
        ...credit(51, 80, 51, 100),
        operating_since: ago(chance.between(13, 140)),
        annual_sales: maybe(50, thousands(chance, 600, 6000)),
      }
    case 'inclusive':
      return {
        ...person,
        stable_home: true,
        owns_home_in_province: maybe(45, false),
        ...credit(5, 49, 0, 100),
        operating_since: ago(chance.between(12, 120)),
        home_value: maybe(20, thousands(chance, 80, 290)),
      }
    case 'adjust':
      return {
        ...person,
        ...home,
        ...credit(10, 120, 30, 100),
        operating_since: ago(chance.between(13, 120)),
        ...(industryClass === 'cautious' ? {} : { trend_declining: true }),
      }
    case 'exit':
      return {
        ...person,
        ...credit(5, 80, 60, 100),
        operating_since: ago(chance.between(13, 120)),
        good_credit: false,
        ...(industryClass === 'barred'
          ? {}
          : {
              [chance.pick([
                'malicious_overdue',
                'judgment_debtor',
                'loan_loss',
                'named_by_risk',
              ])]: true,
            }),
      }
    case 'unknown':
      return {
        ...person,
        ...credit(5, 60, 0, 100),
        operating_since: maybe(40, ago(chance.between(2, 11))),
      }
    case 'premium':
      return {
        ...person,
        ...clean,
        operating_since: ago(chance.between(24, 120)),
        premises_in_prime_district: true,
        home_in_prime_area: true,
      }
    case 'ordinary':
      return { ...person, ...clean, operating_since: ago(chance.between(6, 90)) }
    case 'not-a-target':
      return { ...person, ...clean, [chance.pick(['good_credit', 'has_stable_premises'])]: false }
    case 'new':
      return { industry_class: maybe(50, industryClass), operates_business: maybe(60, true) }
  }
}

/** A prospect who was looked at. */
const clean = {
  full_civil_capacity: true,
  criminal_record: false,
  open_civil_defendant_large: false,
  vices: false,
  good_credit: true,
  has_stable_premises: true,
}
