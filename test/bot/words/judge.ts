import { isDeepStrictEqual } from 'node:util'
import type { Answer } from './answer.ts'
import type { Expectation, Said } from './expectation.ts'

/**
 * What became of a line. `deaf`: it was asked about or refused though it is clear, or the question is
 * about something else. `wrong`: a value that nobody said would be stored. `lost`: a value that was said
 * would be missing, without a word.
 */
export type Verdict = 'right' | 'asked' | 'deaf' | 'wrong' | 'lost'

/** Best first: of several right readings the one that comes nearest counts. */
const ORDER: readonly Verdict[] = ['right', 'asked', 'deaf', 'lost', 'wrong']

export function judge(right: readonly Expectation[], answer: Answer): Verdict {
  const verdicts = right.map((one) => verdictOn(one, answer))
  const taken = verdicts.find((verdict) => verdict === 'right' || verdict === 'asked')
  if (taken) return taken
  // A reading says more of what is missing than that one may ask.
  const said = verdicts.filter((_, place) => right[place]?.kind === 'said')
  return nearest(said.length > 0 ? said : verdicts)
}

const nearest = (verdicts: readonly Verdict[]): Verdict =>
  ORDER.find((verdict) => verdicts.includes(verdict)) ?? 'wrong'

function verdictOn(right: Expectation, answer: Answer): Verdict {
  const { intents, asks } = answer
  switch (right.kind) {
    case 'nothing':
    case 'waits':
      return intents.length === 0 ? 'right' : asks.length > 0 ? 'deaf' : 'wrong'
    case 'asks': {
      if (intents.length === 0) return right.field === null ? 'asked' : 'deaf'
      if (asks.length === 0)
        return answer.intents.some((one) => has(one, right.field)) ? 'wrong' : 'lost'
      return right.field === null || asks.some((slot) => isOf(slot, right.field)) ? 'asked' : 'deaf'
    }
    case 'said':
      return verdictOnSaid(right.said, answer)
  }
}

/** The slots by which commands call what tables call by one name. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  day: ['nextDate', 'dueOn', 'wantedOn', 'until', 'from', 'to', 'day', 'startsOn', 'endsOn'],
  hour: ['nextTime', 'nextHour', 'hour', 'time'],
  client: ['named', 'name', 'client'],
  phone: ['phone', 'numbers'],
  task: ['task', 'tasks'],
}

const isOf = (slot: string, field: string | null): boolean =>
  field !== null && (FIELDS[field] ?? [field]).includes(slot.match(/[a-z]+(?=[.\d]*$)/i)?.[0] ?? '')

/** Whether an intent stores a value in such a field; of none in particular, whether it stores anything. */
const has = ({ input }: Answer['intents'][number], field: string | null): boolean =>
  field === null || storedIn(input).some(([key, value]) => isOf(key, field) && value !== null)

const storedIn = (input: unknown): readonly (readonly [key: string, value: unknown])[] =>
  typeof input !== 'object' || input === null
    ? []
    : Object.entries(input).flatMap(([key, value]) => [[key, value] as const, ...storedIn(value)])

function verdictOnSaid(said: readonly Said[], { intents, asks, unknown }: Answer): Verdict {
  if (intents.length === 0) return 'deaf'
  // What a question waits for may still be missing.
  const open = asks.length > 0 || unknown
  const outcomes = intents.flatMap(outcomesIn).filter(({ outcome }) => !open || outcome !== '')
  const commands = intents.filter((intent) => outcomesIn(intent).length === 0)
  const verdicts = said.map((one) => {
    if ('command' in one) return verdictOnCommand(one, commands)
    const read = outcomes.find(({ about }) => about === one.about || one.about === '-')
    return read ? verdictOnOutcome(one, read) : 'lost'
  })
  const named = new Set(said.flatMap((one) => ('about' in one ? one.about : [])))
  const added =
    outcomes.some(({ about }) => !named.has(about) && !named.has('-')) ||
    (!open && commands.length > said.filter((one) => 'command' in one).length)
  if (added || (verdicts.includes('wrong') && !(open && outcomes.length === 0))) return 'wrong'
  if (open) return 'deaf'
  return verdicts.includes('lost') ? 'lost' : 'right'
}

type Outcome = Extract<Said, { about: string }>

/** What an intent stores of outcomes; of every other command none. */
function outcomesIn({ command, input }: Answer['intents'][number]): readonly Outcome[] {
  if (!command.startsWith('log-')) return []
  const { items = [input] } = input as { readonly items?: readonly unknown[] }
  return items.flatMap((item) => {
    const { task, named, outcome, amount, nextDate, nextTime } = item as Readonly<
      Record<string, string | number | null | undefined>
    >
    if (outcome === undefined) return []
    return {
      about: String(task ?? named ?? ''),
      outcome: String(outcome ?? ''),
      amount: typeof amount === 'number' ? amount : null,
      day: nextDate ? String(nextDate) : null,
      hour: nextTime ? String(nextTime) : null,
    }
  })
}

function verdictOnOutcome(right: Outcome, read: Outcome): Verdict {
  const pairs: readonly (readonly [unknown, unknown])[] = [
    [right.outcome, read.outcome || null],
    [right.amount, read.amount],
    [right.day, read.day],
    ...(right.hour === null ? [] : [[right.hour, read.hour] as const]),
  ]
  return verdictOnPairs(pairs)
}

function verdictOnCommand(
  right: Extract<Said, { command: string }>,
  intents: Answer['intents'],
): Verdict {
  const verdicts = intents
    .filter(({ command }) => command === right.command)
    .map(({ input }) => {
      const read = input as Readonly<Record<string, unknown>>
      return verdictOnPairs(Object.entries(right.input).map(([key, value]) => [value, read[key]]))
    })
  return verdicts.length > 0 ? nearest(verdicts) : intents.length > 0 ? 'wrong' : 'lost'
}

function verdictOnPairs(pairs: readonly (readonly [right: unknown, read: unknown])[]): Verdict {
  const unlike = pairs.filter(([right, read]) => !isDeepStrictEqual(right, read ?? null))
  if (unlike.length === 0) return 'right'
  return unlike.every(([, read]) => read === null || read === undefined) ? 'lost' : 'wrong'
}
