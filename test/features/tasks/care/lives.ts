import fc from 'fast-check'
import { addDays, type Day, day, instantOf } from '../../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../../src/core/calendar/workdays.ts'
import { isContact } from '../../../../src/core/outcome.ts'
import {
  contactedOn,
  freeFrom,
  isMarketing,
} from '../../../../src/features/playbook/contact-rules.ts'
import {
  type Playbook,
  type TaskKind,
  URGENCIES,
  type Urgency,
} from '../../../../src/features/playbook/rules.ts'
import { SHIPPED_OUTCOMES } from '../../../../src/features/playbook/shipped-outcomes.ts'
import {
  type CareFacts,
  dueTasks,
  nextCareOn,
  turnOf,
} from '../../../../src/features/tasks/care/care-rules.ts'
import { type NoNext, nextAfter, plannedFor } from '../../../../src/features/tasks/rules.ts'

export const workdays = chineseWorkdays()
const TIMEZONE = 'Asia/Shanghai'
export const START = day('2026-09-14')

/** What happens to a client on a day besides what the playbook does. */
export type Happening =
  | { readonly what: 'work'; readonly outcome: string; readonly agreed: number | null }
  | { readonly what: 'need'; readonly urgency: Urgency }
  | { readonly what: 'tier'; readonly tier: string }
  | { readonly what: 'negative'; readonly on: boolean }
  | { readonly what: 'lift' }
  | { readonly what: 'nothing' }

const TIERS = ['A', 'B', 'C', 'D', 'E', 'F', 'unclassified', 'premium', 'ordinary', 'none'] as const

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('work' as const),
      outcome: fc.constantFrom(...Object.keys(SHIPPED_OUTCOMES)),
      agreed: fc.option(fc.integer({ min: 0, max: 40 }), { freq: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('need' as const),
      urgency: fc.constantFrom(...URGENCIES),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('tier' as const), tier: fc.constantFrom(...TIERS) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('negative' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ what: 'lift' as const }) },
  { weight: 6, arbitrary: fc.constant({ what: 'nothing' as const }) },
)

/** What happens, and how many days after what came before. */
export const anyLife = fc.record({
  tier: fc.constantFrom(...TIERS),
  credit: fc.option(fc.integer({ min: 0, max: 200 })),
  unused: fc.option(fc.integer({ min: 0, max: 60 })),
  events: fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), happening), {
    minLength: 5,
    maxLength: 30,
  }),
})
export type Life = typeof anyLife extends fc.Arbitrary<infer Each> ? Each : never

export interface Task {
  readonly kind: TaskKind
  dueOn: Day
  readonly asked: boolean
  readonly attempt: number
  readonly generatedFor: Day | null
}

/** A client's life by the rules alone: what is open, what was contacted, and why nothing follows. */
export interface State {
  today: Day
  facts: CareFacts & { readonly made: Set<string> }
  open: Task[]
  silenced: boolean
  negative: boolean
  /** Why the last closing has no next task; null: it has one, or nothing was closed. */
  reason: NoNext | null
  /** Days on which a task was worked that the client had not asked for. */
  unasked: Day[]
}

export const barOf = ({ negative, silenced, facts }: State): NoNext | null =>
  negative ? 'negative-list' : facts.tier === 'F' ? 'exit-tier' : silenced ? 'do-not-contact' : null

/** Lives a life, and looks at it after every day. */
export function live(
  playbook: Playbook,
  life: Life,
  look: (state: State, atNight: boolean) => void,
): void {
  const state: State = {
    today: START,
    facts: {
      tier: life.tier,
      noMarketing: life.tier === 'F' ? 'exit-tier' : null,
      enteredOn: START,
      lastContactOn: null,
      contacts: [],
      lastVisitOn: null,
      creditExpiresOn: life.credit === null ? null : addDays(START, life.credit),
      licenceEndsOn: null,
      operatingSince: null,
      loanDueOn: life.credit === null ? null : addDays(START, life.credit + 20),
      usageFellOn: null,
      settledOn: null,
      oldFactsSince: null,
      unusedSince: life.unused === null ? null : addDays(START, -life.unused),
      made: new Set(),
    },
    open: [],
    silenced: false,
    negative: false,
    reason: null,
    unasked: [],
  }
  open(state, plannedFor(playbook, { reason: 'entry' }, life.tier, START, workdays), barOf(state))
  for (const [days, event] of life.events) {
    for (let each = 0; each < days; each++) {
      state.today = addDays(state.today, 1)
      night(state, playbook)
      look(state, true)
    }
    happen(state, event, playbook)
    look(state, false)
  }
}

type Opened = Pick<Task, 'kind' | 'dueOn'> & { asked?: boolean; attempt?: number }

function open(state: State, task: Opened, bar: NoNext | null): void {
  if (bar && isMarketing(task.kind)) return
  state.open = state.open.filter((each) => each.kind !== task.kind)
  const { kind, dueOn, asked = false, attempt = 0 } = task
  state.open.push({ kind, dueOn, asked, attempt, generatedFor: null })
}

function night(state: State, playbook: Playbook): void {
  bar(state)
  for (const due of dueTasks(playbook, state.facts, state.today, workdays)) {
    const { kind, dueOn, generatedFor } = due
    if (state.open.some((each) => each.kind === kind)) continue
    state.facts.made.add(turnOf(kind, generatedFor))
    state.open.push({ kind, dueOn, generatedFor, asked: false, attempt: 0 })
  }
  const free = freeFrom(playbook, state.facts.contacts)
  for (const task of state.open) {
    if (isMarketing(task.kind) && !task.asked && free && task.dueOn < free) {
      task.dueOn = workdays.onOrAfter(free)
    }
  }
}

/** Nobody markets to who is barred; what was generated may come again when the bar is lifted. */
function bar(state: State): void {
  const noMarketing = barOf(state)
  state.facts = { ...state.facts, noMarketing }
  if (!noMarketing) return
  for (const { kind, generatedFor } of state.open.filter((each) => isMarketing(each.kind))) {
    if (generatedFor) state.facts.made.delete(turnOf(kind, generatedFor))
  }
  state.open = state.open.filter(({ kind }) => !isMarketing(kind))
}

function happen(state: State, event: Happening, playbook: Playbook): void {
  const { today, facts } = state
  switch (event.what) {
    case 'work':
      work(state, event, playbook)
      return
    case 'need':
      if (!barOf(state)) {
        open(
          state,
          plannedFor(
            playbook,
            { reason: 'need', urgency: event.urgency },
            facts.tier,
            today,
            workdays,
          ),
          null,
        )
      }
      return
    case 'tier':
      state.facts = { ...facts, tier: event.tier }
      bar(state)
      return
    case 'negative':
      state.negative = event.on
      bar(state)
      return
    case 'lift':
      state.silenced = false
      bar(state)
      return
    case 'nothing':
  }
}

/** Somebody works the first task that is due, as the list offers it, and logs what came of it. */
function work(
  state: State,
  { outcome, agreed }: Extract<Happening, { what: 'work' }>,
  playbook: Playbook,
): void {
  const { today, facts } = state
  const task = state.open.find(({ dueOn }) => dueOn <= today)
  if (!task) return
  state.open = state.open.filter((each) => each !== task)
  const next = nextAfter(
    playbook,
    outcome,
    {
      agreedOn: agreed === null ? null : addDays(today, agreed),
      agreedAt: null,
      quietHours: null,
      attempt: task.attempt,
      tier: facts.tier,
      noMarketing: barOf(state),
      contacts: facts.contacts,
    },
    { now: instantOf(today, '10:00', TIMEZONE), today, timezone: TIMEZONE, workdays },
  )
  const stage = playbook.outcomes[outcome]?.stage
  if (stage && isContact(stage)) {
    if (isMarketing(task.kind) && !task.asked) state.unasked.push(today)
    state.facts = {
      ...facts,
      lastContactOn: today,
      contacts: contactedOn(facts.contacts, today),
      lastVisitOn: task.kind === 'visit' ? today : facts.lastVisitOn,
    }
  }
  if (outcome === 'do-not-contact') state.silenced = true
  bar(state)
  state.reason = 'none' in next ? next.none : null
  if ('task' in next) open(state, next.task, barOf(state))
}

/**
 * The client's future: an open task, why there is none, or the day to come on which the night makes
 * one if nothing else happens; null: none of these.
 */
export function futureOf(state: State, playbook: Playbook): string | null {
  if (state.open.length > 0) return 'task'
  const bar = barOf(state)
  if (bar) return bar
  const next = nextCareOn(playbook, state.facts, state.today)
  if (!next) return state.reason
  const facts = { ...state.facts, made: new Set(state.facts.made) }
  const later: State = { ...state, facts, open: [] }
  while (later.today < next && later.open.length === 0) {
    later.today = addDays(later.today, 1)
    night(later, playbook)
  }
  return later.open.length > 0 ? later.today : null
}
