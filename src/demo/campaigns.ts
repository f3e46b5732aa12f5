import { addDays, type Day } from '../core/calendar/time.ts'
import type { Workdays } from '../core/calendar/workdays.ts'
import type { Chance } from './chance.ts'
import type { DemoClient } from './clients.ts'
import type { People } from './people.ts'
import type { Row } from './rows.ts'
import { STAGE } from './work-reasons.ts'

/** Two campaigns, one that runs and one that is over, with what came of them. */
export interface Campaigns {
  readonly campaigns: readonly Row[]
  readonly acts: readonly Row[]
  readonly outcomes: readonly Row[]
  readonly needs: readonly Row[]
}

/** The bank's area as it divides it. */
const REGIONS = ['老城', '滨江', '高新', '北港', '南市'] as const

/** Days before today: from the first to the last on which somebody was called, and the last of all. */
const PLANS = [
  {
    ...{ name: '旺季备货', status: 'running', branch: null, from: 8, calledUntil: 1, until: -12 },
    ...{ products: ['working-capital-loan'], of: 12 },
    talking_points: '旺季备货，随借随还；老客户利率优惠，三天放款。',
    targets: [600, 240, 60, 30],
    kinds: { interested: 4, thinking: 3, 'no-answer': 3, declined: 2, applied: 1 },
  },
  {
    ...{ name: '金秋助商', status: 'ended', branch: 'B01', from: 54, calledUntil: 36, until: 35 },
    ...{ products: ['credit-line'], of: 5 },
    talking_points: '金秋进货，信用贷款免抵押；带上近半年流水，当天给额度。',
    targets: [200, 80, 30, 20],
    kinds: { interested: 4, thinking: 2, 'no-answer': 2, declined: 2, applied: 2, granted: 3 },
  },
] as const

const FOUND = [
  ['settlement-card', 'payments'],
  ['pos', 'payments'],
  ['payroll', 'payments'],
  ['insurance', 'insurance'],
] as const

/** Whoever has nothing else to be called about was called for a campaign; regions are set on the way. */
export function campaignsOf(
  people: People,
  clients: readonly DemoClient[],
  busy: ReadonlySet<string>,
  chance: Chance,
  today: Day,
  workdays: Workdays,
): Campaigns {
  const made = {
    campaigns: [] as Row[],
    acts: [] as Row[],
    outcomes: [] as Row[],
    needs: [] as Row[],
  }
  clients.forEach(({ row }, index) => {
    row['region'] = REGIONS[(index * 7) % REGIONS.length]
  })
  const publisher = people.staff.find(({ code }) => code === 'K01')
  for (const plan of PLANS) {
    const id = chance.id()
    const path = plan.branch ? `/HQ/${plan.branch}/` : '/HQ/'
    const [reached, interested, applied, granted] = plan.targets
    made.campaigns.push({
      ...{ id, name: plan.name, status: plan.status, talking_points: plan.talking_points },
      ...{ publisher_id: publisher?.id, publisher_path: publisher?.unit.path },
      ...{ starts_on: addDays(today, -plan.from), ends_on: addDays(today, -plan.until) },
      ...{ regions: [], industries: [], clusters: [], products: plan.products },
      ...{ audience_paths: [path], audience_staff: [] },
      ...{ target_reached: reached, target_interested: interested },
      ...{ target_applied: applied, target_granted: granted },
      created_at: `${addDays(today, -plan.from - 3)}T02:00:00Z`,
    })
    const concerned = clients.filter(
      ({ id, row, profile, manager }) =>
        profile !== 'exit' &&
        !row['negative_list'] &&
        !row['do_not_contact'] &&
        !busy.has(id) &&
        manager.unit.path.startsWith(path),
    )
    for (const client of concerned.filter((_client, index) => index % plan.of === 0)) {
      const on = workdays.onOrAfter(
        addDays(today, -chance.between(plan.calledUntil + 3, plan.from)),
      )
      const kind = chance.weighted(plan.kinds)
      log(client, kind, on < today ? on : addDays(today, -1), id)
      if (kind === 'interested' && chance.percent(40)) find(client, on, id)
    }
  }
  return made

  function log(client: DemoClient, kind: string, on: Day, campaign_id: string): void {
    const staff_id = client.manager.id
    const at = `${on}T0${chance.between(1, 9)}:${chance.between(10, 59)}:00Z`
    const act = { id: chance.id(), staff_id, channel: 'web', command: 'tag', input: {} }
    made.acts.push({ ...act, result: 'done', undoable: true, at })
    const amount = kind === 'granted' ? chance.between(2, 20) * 50_000 : null
    made.outcomes.push({
      ...{ id: chance.id(), act_id: act.id, client_id: client.id, staff_id, campaign_id, kind },
      stage: STAGE[kind],
      ...{ amount, note: null, logged_on: on, logged_at: at },
    })
    const last = client.row['last_contact_on']
    if (kind !== 'no-answer' && (!last || String(last) < on)) client.row['last_contact_on'] = on
  }

  function find(client: DemoClient, on: Day, campaign_id: string): void {
    const [product, line] = chance.pick(FOUND)
    made.needs.push({
      ...{ id: chance.id(), client_id: client.id, registered_by: client.manager.id, campaign_id },
      ...{ product, line, amount: null, wanted_on: null, urgency: 'soon', status: 'open' },
      registered_at: `${on}T09:30:00Z`,
    })
  }
}
