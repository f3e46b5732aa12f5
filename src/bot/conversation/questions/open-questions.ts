import { z } from 'zod'
import type { Card } from '../../../core/card.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Phrases } from '../../command.ts'
import type { Question } from '../../grammar/parse.ts'
import {
  type Awaited,
  aside,
  asWaiting,
  expectAll,
  expectAnswer,
  expectedAt,
  forgetAll,
  openIn,
  type Place,
  takeExpected,
  type Waiting,
  withAnswer,
} from '../dialog-store.ts'
import type { Said } from '../interpretation.ts'
import type { Utterance } from '../utterance.ts'
import { readBehind } from './bare-word.ts'
import { goesOn, saidAgain } from './is-answer.ts'
import {
  ANSWER,
  asksFor,
  type Offered,
  peopleBlocks,
  questionsCard,
  standingBlocks,
  takesText,
} from './question-card.ts'

// A question stays open until it is answered or dropped. What has few answers can be answered any time; what
// takes any text would swallow what is said next, and is put aside once something else is said.

/** So many questions are kept besides the latest. */
const MOST_LEFT = 4

/** The questions that were left here, the latest first. */
export const leftQuestions = async (
  tx: Queries,
  place: Place,
  now: Date,
): Promise<readonly Waiting[]> => openIn(await expectedAt(tx, aside(place, 'question'), now))

/** Asks a question, or asks it again, with why. */
export function askAgain(question: Question | Waiting, utterance: Utterance, why = ''): Said {
  const { place, language, at } = utterance
  const asked = asWaiting(question)
  return {
    reply: questionsCard([asked], { language, at }, why),
    expects: [{ ...place, expects: expectAnswer(asked) }],
  }
}

/** Asks everything that is open again. */
export function askAllAgain({ open, place, language, at }: Utterance, why = ''): Said {
  const [latest, ...earlier] = open
  const expects = latest ? [{ ...place, expects: expectAnswer(latest, earlier) }] : []
  return { reply: questionsCard(open, { language, at }, why), expects }
}

const pressed = z.object({
  question: z.string().max(40),
  slot: z.string().max(100),
  value: z.string().max(100),
})

const toOpen = z.strictObject({ question: z.string().max(40) })

/** The key of the question that a button asks whole; null: it answers one. */
export const questionToOpen = ({ input }: Intent): string | null =>
  toOpen.safeParse(input).data?.question ?? null

/** What a button under a question comes to; null when that question is not open any more. */
export async function pressedAnswer(
  utterance: Utterance,
  { input }: Intent,
): Promise<Intent | Question | null> {
  const said = pressed.safeParse(input).data
  if (!said) return null
  const { tx, place, at } = utterance
  const left = await leftQuestions(tx, place, at.now)
  const question = [...utterance.open, ...left].find(({ key }) => key === said.question)
  const index = question?.doubts.findIndex(({ slots }) => (slots[0] ?? '') === said.slot) ?? -1
  if (!question || index < 0) return null
  if (left.includes(question)) {
    await forgetAll(tx, [aside(place, 'question')])
    await expectAll(
      tx,
      expectLeft(
        place,
        left.filter((each) => each !== question),
      ),
      at.now,
    )
  }
  const { value } = said
  const read = question.begun ? readBehind(question.begun, value, [value], utterance) : null
  return read ?? withAnswer(question, value, index)
}

/**
 * What was left for a choice or a form that waits no longer: it stands again. Taken from where it was left, as what
 * takes any text goes back there.
 */
export async function returning(
  { tx, place, expected, at }: Utterance,
  meant: { readonly intent: Intent } | Said,
): Promise<readonly Waiting[]> {
  if (!expected || expected.kind === 'answer') return []
  if ('settles' in meant && meant.settles) return []
  if ('expects' in meant && meant.expects.some((each) => isAt(place, each))) return []
  return openIn(await takeExpected(tx, aside(place, 'question'), at.now))
}

/** What is open still after an answer, and what a line that says the rest of one comes to. */
export interface Remaining {
  readonly open: readonly Waiting[]
  readonly merged: Intent | null
}

/** What is open still when this is meant. `intent` null: nothing is to be done. */
export function remainingOf(
  utterance: Pick<Utterance, 'open' | 'commandNamed'>,
  meant: { readonly intent: Intent } | Said,
): Remaining {
  if ('settles' in meant && meant.settles) return { open: [], merged: null }
  const { open } = utterance
  const phrasesOf = (name: string): Phrases<unknown> | null | undefined =>
    utterance.commandNamed(name)?.phrases
  if ('intent' in meant) {
    let merged: Intent | null = null
    const left = open.flatMap((question) => {
      const again = saidAgain(question, meant.intent, phrasesOf)
      if (again && !('doubts' in again)) merged = again
      return again && 'doubts' in again ? [{ ...question, ...again }] : []
    })
    return { open: left, merged }
  }
  const asked = questionsAsked(meant)
  return {
    merged: null,
    open: open.filter(
      (question) =>
        !asked.some(
          (each) => each.key === question.key || goesOn(question, each.intent, phrasesOf),
        ),
    ),
  }
}

const questionsAsked = ({ expects }: Said): readonly Waiting[] =>
  expects.flatMap((each) => openIn(each.expects))

/** An answer, with what is open still: it waits on, and is said below. */
export async function withOpen<Answer extends Said>(
  answer: Answer,
  open: readonly Waiting[],
  utterance: Utterance,
): Promise<Answer> {
  if (open.length === 0) return answer
  const { tx, place, at } = utterance
  const awaited = answer.expects.find((each) => isAt(place, each))
  const asked = awaited?.expects.kind === 'answer' ? awaited.expects : null
  // A choice or a form is answered first.
  const stands = (question: Waiting) => !takesText(question) && (!awaited || asked !== null)
  const standing = open.filter(stands).slice(0, MOST_LEFT)
  const left = open.filter((question) => !stands(question))
  const others = answer.expects.filter((each) => each !== awaited || standing.length === 0)
  const [first, ...rest] = asked ? [asWaiting(asked), ...standing] : standing
  return {
    ...answer,
    reply: reminding(answer.reply),
    expects: [
      ...others,
      ...(first && standing.length > 0
        ? [{ ...place, expects: expectAnswer(first, rest, asked === null) }]
        : []),
      ...(left.length > 0 ? await leftAside(left) : []),
    ],
  }

  async function leftAside([latest, ...more]: readonly Waiting[]): Promise<Awaited[]> {
    if (!latest) return []
    const earlier = [...more, ...(await leftQuestions(tx, place, at.now))]
    const expects = expectAnswer(latest, earlier.slice(0, MOST_LEFT))
    return [{ ...aside(place, 'question'), expects }]
  }

  function reminding(reply: Card): Card {
    const line = standingBlocks(left.slice(0, 1), utterance, { resumed: true })
    return { ...reply, blocks: [...reply.blocks, ...standingBlocks(standing, utterance), ...line] }
  }
}

/** So many people are offered where one is asked for. */
const MOST_OFFERED_PEOPLE = 6

/** An answer that asks for somebody, with those who are likely to choose from. */
export async function withPeople<Answer extends Said>(
  answer: Answer,
  utterance: Utterance,
): Promise<Answer> {
  const { tx, place, who, at, clientsSaid } = utterance
  const open = answer.expects.flatMap((each) => (isAt(place, each) ? openIn(each.expects) : []))
  const blocks = [
    ...(asksFor(open, 'colleague')
      ? peopleBlocks(open, 'colleague', await colleaguesOf(tx, who))
      : []),
    ...(asksFor(open, 'client')
      ? peopleBlocks(open, 'client', await clientsSaid.likely(tx, who, at, MOST_OFFERED_PEOPLE))
      : []),
  ]
  if (blocks.length === 0) return answer
  return { ...answer, reply: { ...answer.reply, blocks: [...answer.reply.blocks, ...blocks] } }
}

/** Those of the asker's unit and role, and for a lead those of the team. */
const colleaguesOf = (tx: Queries, { id, unitId, role }: Actor): Promise<Offered[]> => tx.$queryRaw`
  select name as label, code as value from staff
  where unit_id = ${unitId}::uuid and active and id <> ${id}::uuid
    and (role = ${role} or (role = 'manager' and ${role === 'lead'}))
  order by role <> ${role}, code limit ${MOST_OFFERED_PEOPLE}`

const isAt = (place: Place, { channel, conversation, staffId }: Awaited): boolean =>
  channel === place.channel && conversation === place.conversation && staffId === place.staffId

/** Whether an intent is a button's answer to a question. */
export const isPressedAnswer = ({ command }: Intent): boolean => command === ANSWER

/** What is taken out of those that were left, so that it is asked again. */
export const expectLeft = (
  place: Place,
  [next, ...more]: readonly Waiting[],
): readonly Awaited[] =>
  next ? [{ ...aside(place, 'question'), expects: expectAnswer(next, more) }] : []
