import type { Moment } from '../../../bot/moment.ts'
import { addDays, type Day, sayDay } from '../../../core/calendar/time.ts'
import { sayYuan } from '../../../core/money.ts'
import { findKind } from '../../../core/outcome.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import type { Client } from '../../clients/rules.ts'
import type { Claim } from '../../facilities/claims/rules.ts'
import { creditOf, type Facility } from '../../facilities/rules.ts'
import type { OpenNeed } from '../../needs/store.ts'
import type { PastOutcome } from '../../tasks/store.ts'
import { factLabel } from '../../tier-rules/facts.ts'
import type { KnownDecision } from '../../tier-rules/known.ts'
import { barredFrom } from '../../tiers/entry/rules.ts'
import type { PastVisit } from '../../visits/store.ts'

/** So many talks are looked back at. */
const TALKS = 3
/** An end of credit is spoken of so many days ahead. */
const ENDS_WITHIN = 90
/** So many missing facts are asked for at once. */
const FACTS_ASKED = 5

export type Talk =
  | { readonly on: Day; readonly outcome: PastOutcome }
  | { readonly on: Day; readonly visit: PastVisit }

/** The last talks, calls and visits in one, the latest first. */
export const talksOf = (
  outcomes: readonly PastOutcome[],
  visits: readonly PastVisit[],
): readonly Talk[] =>
  [
    ...visits.map((visit): Talk => ({ on: visit.on, visit })),
    ...outcomes.map((outcome): Talk => ({ on: outcome.on, outcome })),
  ]
    .sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1))
    .slice(0, TALKS)

/** What the questions to a client come from. */
export interface Known {
  readonly client: Pick<Client, 'phone'>
  readonly facilities: readonly Facility[]
  readonly needs: readonly OpenNeed[]
  readonly outcomes: readonly PastOutcome[]
  readonly claims: readonly Claim[]
  readonly decision: KnownDecision
}

type At = Pick<Moment, 'today' | 'catalogue' | 'kinds'>

/** What to ask a client, the most pressing first; nothing where nothing is open. */
export const questionsFor = (known: Known, at: At, language: Language): string[] => [
  ...aboutCredit(known, at, language),
  ...aboutLastTalk(known, at, language),
  ...known.needs.flatMap((need) => aboutNeed(need, at, language)),
  ...aboutFacts(known, language),
  ...(known.client.phone === null
    ? [speaker(language)('没有能打通的电话：要一个新号码。', 'No number that works: ask for one.')]
    : []),
]

function aboutCredit({ facilities, claims }: Known, { today }: At, language: Language): string[] {
  const say = speaker(language)
  const credit = creditOf(facilities, today)
  const near = addDays(today, ENDS_WITHIN)
  const { creditEndsOn, loanDueOn } = credit
  const on = (day: Day) => sayDay(day, today, language)
  const asked: string[] = []
  if (credit.overdue) {
    asked.push(say('有逾期没还：什么时候还。', 'Overdue: when will it be repaid?'))
  }
  if (creditEndsOn && creditEndsOn <= near) {
    const end = on(creditEndsOn)
    asked.push(
      say(`授信 ${end} 到期：续不续，要多少。`, `Credit ends ${end}: renew it, and how much?`),
    )
  }
  if (loanDueOn && loanDueOn >= today && loanDueOn <= near && loanDueOn !== creditEndsOn) {
    const due = on(loanDueOn)
    asked.push(
      say(`贷款 ${due} 到期：怎么还，还用不用。`, `Loan due ${due}: how will it be repaid?`),
    )
  }
  if (credit.limit > 0 && credit.balance === 0) {
    asked.push(say('额度一直没用：为什么。', 'The line is not used: why?'))
  }
  for (const { amount, on: day } of claims) {
    const much = amount === null ? '' : ` ${sayYuan(amount, language)}`
    asked.push(
      say(
        `${on(day)}登记过放款${much}，核心系统还没有：放了没有。`,
        `Logged as granted${much} ${on(day)}, but not in the bank's book: was it paid out?`,
      ),
    )
  }
  return asked
}

/** What the last talk left open; what is in the bank's hands, and what ended it, leaves nothing to ask the client. */
function aboutLastTalk({ outcomes }: Known, { today, catalogue, kinds }: At, language: Language) {
  const say = speaker(language)
  const last = outcomes.find(({ kind }) => findKind(kinds, kind)?.stage !== 'none')
  const kind = last && findKind(kinds, last.kind)
  if (!last || !kind) return []
  const label = inLanguage(kind.label, language)
  const what = [
    label,
    last.product && productLabel(catalogue, last.product, language),
    last.amount !== null && sayYuan(last.amount, language),
  ]
    .filter(Boolean)
    .join(' ')
  const when = sayDay(last.on, today, language)
  const ask = {
    reached: say('现在怎么想，还差什么', 'what do they think now, what is in the way?'),
    interested:
      last.amount === null
        ? say('要多少，什么时候用', 'how much, and when?')
        : say('什么时候用', 'when will they need it?'),
    applied: say('材料还缺什么', 'which papers are missing?'),
    approved: say('什么时候来签', 'when will they sign?'),
    signed: say('什么时候提款', 'when will they draw it?'),
    lost: say('当时为什么，现在变了没有', 'why then, and has it changed?'),
  }[kind.stage as string]
  return ask ? [say(`${when}说"${what}"：${ask}。`, `${when} "${what}": ${ask}`)] : []
}

function aboutNeed({ product, amount, wantedOn }: OpenNeed, { catalogue }: At, language: Language) {
  const say = speaker(language)
  const name = productLabel(catalogue, product, language)
  const open = [
    ...(amount === null ? [say('要多少', 'how much')] : []),
    ...(wantedOn === null ? [say('什么时候要', 'when')] : []),
  ].join(say('，', ', '))
  return open ? [say(`需要${name}：${open}。`, `Needs ${name}: ${open}?`)] : []
}

/** Facts that nobody recorded or that are too old, on which the tier hangs, of which a client may be asked. */
function aboutFacts({ decision: { missing, old } }: Known, language: Language): string[] {
  const say = speaker(language)
  const line = (facts: KnownDecision['missing'], zh: string, en: string) => {
    const asked = facts.filter((fact) => barredFrom('manager', fact) === null)
    const names = asked
      .slice(0, FACTS_ASKED)
      .map((fact) => factLabel(fact)[language])
      .join(say('、', ', '))
    return names ? [say(`${names}：${zh}。`, `${names}: ${en}.`)] : []
  }
  return [
    ...line(old, '记得太久了，问问现在', 'recorded long ago, ask how it is now'),
    ...line(
      missing.filter((fact) => !old.includes(fact)),
      '还没有，补上后分层可能变化',
      'not recorded, and the tier hangs on it',
    ),
  ]
}
