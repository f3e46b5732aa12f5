import { addDays, type Day } from '../core/calendar/time.ts'
import { creditCodeOf, idNumberOf, organisationCodeOf } from '../core/identity/identity-numbers.ts'
import type { Chance } from './chance.ts'
import { EXISTING, factsOf, industryClassOf, PROSPECTS, type Profile } from './facts.ts'
import { businessName, personName, STREETS, TRADES } from './names.ts'
import type { DemoPerson } from './people.ts'
import type { Row } from './rows.ts'

/** `id` stands for the client until it is on file, which is then found by its phone. */
export interface DemoClient {
  readonly id: string
  readonly kind: 'existing' | 'prospect'
  readonly profile: Profile
  readonly manager: DemoPerson
  readonly phone: string
  /** By columns of `client`. */
  readonly row: Record<string, unknown>
  readonly facts: Row
}

/** No region of China has these codes (GB/T 2260), so the numbers can belong to nobody. */
const NO_REGION = '990000'
/** 1349 is a satellite block: nobody's mobile phone. */
const NO_PHONE = '+861349'
/** Of the businesses, so many of a hundred are companies with a credit code. */
const COMPANIES = 45

/** A book of clients for each manager in turn. */
export function clientsOf(
  count: number,
  managers: readonly DemoPerson[],
  chance: Chance,
  today: Day,
): DemoClient[] {
  return Array.from({ length: count }, (_, index) => {
    const manager = managers[index % managers.length]
    if (!manager) throw new RangeError('no managers')
    // The first client of all is the one that the examples speak of.
    const kind = index === 0 || chance.percent(80) ? 'existing' : 'prospect'
    const drawn = chance.weighted<Profile>(kind === 'existing' ? EXISTING : PROSPECTS)
    const profile = index === 0 ? 'potential' : drawn
    return demoClient(index, kind, profile, manager, chance, today)
  })
}

function demoClient(
  index: number,
  kind: DemoClient['kind'],
  profile: Profile,
  manager: DemoPerson,
  chance: Chance,
  today: Day,
): DemoClient {
  const name = index === 0 ? '张三' : personName(chance)
  const trade = chance.pick(TRADES[industryClassOf(profile, chance)])
  const bornOn = addDays(today, -chance.between(27 * 366, 58 * 365))
  const entered = addDays(
    today,
    -(kind === 'existing' ? chance.between(90, 2400) : chance.between(4, 300)),
  )
  const id = chance.id()
  const serial = String(index).padStart(5, '0')
  const known = profile !== 'new'
  const expires = addDays(
    today,
    chance.percent(12) ? chance.between(5, 45) : chance.between(46, 700),
  )
  const business_name = businessName(chance, trade)
  const phone = `${NO_PHONE}${serial}${chance.between(10, 99)}`
  const row = {
    name,
    business_name,
    id_number: known && chance.percent(80) ? idNumber(bornOn, index) : null,
    credit_code: known && chance.percent(COMPANIES) ? creditCode(index) : null,
    industry: trade.industry,
    address: `${chance.pick(STREETS)}${chance.between(1, 300)}号`,
    source: chance.weighted({ 'walk-in': 30, list: 25, cluster: 20, industry: 15, referral: 10 }),
    credit_expires_on: kind === 'existing' ? expires : null,
    last_contact_on: null,
    last_visit_on: null,
    do_not_contact: index > 0 && chance.percent(1) ? '客户要求勿扰' : null,
    negative_list: profile === 'exit' && chance.percent(30),
    entered_at: `${entered}T02:00:00Z`,
  }
  const facts = factsOf(profile, trade.industryClass, bornOn, chance, today)
  return { id, kind, profile, manager, phone, row, facts }
}

const idNumber = (bornOn: Day, index: number): string =>
  idNumberOf(
    `${String(Number(NO_REGION) + Math.floor(index / 1000)).padStart(6, '0')}${bornOn.replaceAll('-', '')}${String(index % 1000).padStart(3, '0')}`,
  )

const creditCode = (index: number): string =>
  creditCodeOf(`91${NO_REGION}${organisationCodeOf(`MA${String(index).padStart(6, '0')}`)}`)
