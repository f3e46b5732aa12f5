import { z } from 'zod'
import { type Days, daysOf, isWithin, NAMED_PERIODS } from '../../../core/calendar/period.ts'
import { type Day, daysBetween, isDay } from '../../../core/calendar/time.ts'
import { REGISTERS, type Register } from '../../registers/rules.ts'
import { CLIENT_KINDS, CLIENT_SOURCES, type ClientKind, type ClientSource } from '../rules.ts'

// By what clients are chosen, said once: a condition is parsed here, looked at in one client by `holds`, found in a
// book by store.ts, and put in words by labels.ts. test/features/clients/filter/filter.test.ts holds the
// first two against each other.
//
// What nobody recorded meets no condition: a client of unknown usage is not below 30 %, nor above it.

const day = z.string().refine(isDay)
const days = z.int().min(0).max(3660)

export const period = z.union([
  z.enum(NAMED_PERIODS),
  z.strictObject({ ahead: days }),
  z.strictObject({ back: days.min(1) }),
  z.strictObject({ from: day, until: day }).refine(({ from, until }) => from <= until, {
    error: '开始在结束之后。It ends before it begins.',
  }),
])

const number = z.number().min(0).max(1e12).optional()
/** At least one of them; `atLeast` and `atMost` include the number itself. */
const bounds = z
  .strictObject({ atLeast: number, above: number, atMost: number, below: number })
  .refine((each) => Object.values(each).some((value) => value !== undefined), {
    error: '没有写数。There is no number.',
  })
export type Bounds = z.infer<typeof bounds>

/** What a client brings: the balance of its loans, its deposits, what is earned by it in a year. */
export const WORTHS = ['balance', 'deposits', 'income'] as const
export type Worth = (typeof WORTHS)[number]

const name = z.string().min(1).max(60)
const entry = z.strictObject({ id: z.uuid(), name })
const several = <Each extends z.ZodType>(each: Each) => z.array(each).min(1).max(20)
const by = <By extends string, Shape extends z.ZodRawShape>(is: By, shape: Shape) =>
  z.strictObject({ by: z.literal(is), ...shape })

export const condition = z.discriminatedUnion('by', [
  by('tier', { among: several(z.string().min(1).max(20)) }),
  by('kind', { among: several(z.enum(CLIENT_KINDS)) }),
  /** Holds, or does not hold, a product of the catalogue. */
  by('product', { code: z.string().min(1).max(40), held: z.boolean() }),
  /** How much of the credit limit is used, 0…1. */
  by('usage', { is: bounds }),
  /** The credit limit, whole yuan. */
  by('limit', { is: bounds }),
  /** What the client brings the bank, whole yuan: owed to it, kept with it, earned by it in a year. */
  by('worth', { of: z.enum(WORTHS), is: bounds }),
  /** The first of the credit lines ends then. */
  by('credit-ends', { in: period }),
  /** The next of the loans that are owed falls due then. */
  by('loan-due', { in: period }),
  by('place', { register: z.enum(REGISTERS), among: several(entry) }),
  by('source', { among: several(z.enum(CLIENT_SOURCES)) }),
  /** The owner is of this unit or of one below it. */
  by('unit', { path: z.string().regex(/^\/(?:[^/]+\/)+$/), name }),
  by('owner', { among: several(entry) }),
  /** Nobody contacted the client for at least so many days; who never was contacted, since the entry. */
  by('uncontacted', { days: days.min(1) }),
  /** The file says all that the standard asks for; who lapsed is asked for nothing. */
  by('complete', { is: z.boolean() }),
  by('next-task', { is: z.boolean() }),
  by('entered', { in: period }),
])
export type Condition = z.infer<typeof condition>

/** Clients who meet every condition; without any, all. What a segment is saved as. */
export const clientFilter = z.array(condition).max(20)
export type ClientFilter = readonly Condition[]

/** What conditions look at of a client; null: not recorded, or there is none. */
export interface Filtered {
  readonly id: string
  readonly kind: ClientKind
  readonly tier: string | null
  /** Codes of the products that are held today. */
  readonly products: readonly string[]
  readonly usage: number | null
  readonly limit: number | null
  readonly deposits: number | null
  readonly income: number | null
  readonly creditEndsOn: Day | null
  readonly loanDueOn: Day | null
  /** Ids of the register entries by each of which the client is found: one entry may mean another. */
  readonly places: Readonly<Record<Register, readonly string[]>>
  readonly source: ClientSource
  readonly ownerId: string
  readonly unitPath: string
  readonly lastContactOn: Day | null
  readonly enteredOn: Day
  readonly nextTaskOn: Day | null
  /** How much the file lacks; null: it is asked for nothing, or this was not looked up. */
  readonly missing: number | null
}

/** Whether a client meets a condition on a day. */
export function holds(asked: Condition, client: Filtered, today: Day): boolean {
  switch (asked.by) {
    case 'tier':
      return client.tier !== null && asked.among.includes(client.tier)
    case 'kind':
      return asked.among.includes(client.kind)
    case 'product':
      return client.products.includes(asked.code) === asked.held
    case 'usage':
      return isBetween(client.usage, asked.is)
    case 'limit':
      return isBetween(client.limit, asked.is)
    case 'worth':
      return isBetween(worthOf(client, asked.of), asked.is)
    case 'credit-ends':
      return isOn(client.creditEndsOn, daysOf(asked.in, today))
    case 'loan-due':
      return isOn(client.loanDueOn, daysOf(asked.in, today))
    case 'place':
      return asked.among.some(({ id }) => client.places[asked.register].includes(id))
    case 'source':
      return asked.among.includes(client.source)
    case 'unit':
      return client.unitPath.startsWith(asked.path)
    case 'owner':
      return asked.among.some(({ id }) => id === client.ownerId)
    case 'uncontacted':
      return quietDays(client, today) >= asked.days
    case 'complete':
      return client.missing !== null && (client.missing === 0) === asked.is
    case 'next-task':
      return (client.nextTaskOn !== null) === asked.is
    case 'entered':
      return isOn(client.enteredOn, daysOf(asked.in, today))
  }
}

/** Whether a client is among those that a filter chooses. */
export const isChosen = (filter: ClientFilter, client: Filtered, today: Day): boolean =>
  filter.every((each) => holds(each, client, today))

/** What tells what a client brings. */
export type WorthFacts = Pick<Filtered, 'limit' | 'usage' | 'deposits' | 'income'>

/** What a client brings of a kind; null: nobody knows. */
export function worthOf({ limit, usage, deposits, income }: WorthFacts, of: Worth): number | null {
  switch (of) {
    case 'balance':
      return limit === null || usage === null ? null : limit * usage
    case 'deposits':
      return deposits
    case 'income':
      return income
  }
}

/** How long nobody has contacted a client. */
export const quietDays = (
  { lastContactOn, enteredOn }: Pick<Filtered, 'lastContactOn' | 'enteredOn'>,
  today: Day,
): number => daysBetween(lastContactOn ?? enteredOn, today)

const isOn = (date: Day | null, span: Days): boolean => date !== null && isWithin(date, span)

const isBetween = (value: number | null, { atLeast, above, atMost, below }: Bounds): boolean =>
  value !== null &&
  (atLeast === undefined || value >= atLeast) &&
  (above === undefined || value > above) &&
  (atMost === undefined || value <= atMost) &&
  (below === undefined || value < below)
