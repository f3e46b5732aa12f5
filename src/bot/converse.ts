import { z } from 'zod'
import { type Card, say as card, choicesOf } from '../core/card.ts'
import type { Channel, Event, Intent } from '../core/chat.ts'
import type { Actor } from '../core/staff.ts'
import { type Say, speaker } from '../core/text.ts'
import type { Queries } from '../infra/database/index.ts'
import type { Command } from './command.ts'
import { type Expected, expect, type Place, takeExpected } from './dialog.ts'
import {
  FORM_ANSWER,
  fieldOf,
  hear,
  type Interview,
  interviewOf,
  questionCard,
} from './interview.ts'
import type { Moment } from './moment.ts'
import { parse } from './parse.ts'

/** The longest text that is read. */
export const MOST_CHARACTERS = 4000

// What a service lacks, made up for in words: forms become questions, buttons become numbers.

/** A form that was left can be taken up again for so long. */
const LEFT_MS = 24 * 60 * 60_000

/** Where a form that was left waits. */
const aside = (place: Place): Place => ({ ...place, conversation: `${place.conversation}#form` })

/** What one event is answered with. */
interface Parts {
  readonly tx: Queries
  readonly event: Event
  readonly who: Actor
  readonly channel: Channel | undefined
  /** What this person may say. */
  readonly commands: readonly Command[]
  readonly at: Moment
}

/**
 * The answer to an event, with forms asked for field by field where the channel has none. What is
 * said instead of an answer is answered by `anew`, and the form waits; a filled form is performed.
 */
export async function inWords(
  parts: Parts,
  expected: Expected | null,
  anew: (expected: Expected | null) => Promise<Card>,
  perform: (intent: Intent) => Promise<Card>,
): Promise<Card> {
  const { tx, event, who, channel, at } = parts
  const say = speaker(who.language)
  const place: Place = { ...event, staffId: who.id }
  const answer = async (): Promise<Card> => {
    if (expected?.kind !== 'form') return anew(expected)
    const filled = await fillIn(parts, place, expected.interview, say)
    if (filled === 'left') return withReminder(await anew(null), expected.interview, say)
    if (filled === 'replaced') return anew(null)
    return 'blocks' in filled ? filled : perform(filled)
  }
  const shown = await answer()
  const form = shown.blocks.find((block) => block.kind === 'form')
  if (!form || !channel || channel.can.forms) return shown
  const question = await ask(tx, place, interviewOf(form.form), say, at.now)
  const about = shown.blocks.filter((block) => block.kind !== 'form' && block.kind !== 'buttons')
  return { ...shown, blocks: [...about, ...question.blocks] }
}

async function ask(
  tx: Queries,
  place: Place,
  interview: Interview,
  say: Say,
  now: Date,
  unclear?: 'required' | 'unread',
): Promise<Card> {
  await expect(tx, place, { kind: 'form', interview }, now)
  return questionCard(interview, say, unclear)
}

const pressedAnswer = z.object({ field: z.string(), text: z.string().max(500) })

/**
 * What an event comes to while a form is being filled in: the next question, the intent that the
 * filled form says, or something else. `left`: the form waits; `replaced`: one line said all of it.
 */
async function fillIn(
  { tx, event, commands, at }: Parts,
  place: Place,
  interview: Interview,
  say: Say,
): Promise<Card | Intent | 'left' | 'replaced'> {
  const { says } = event
  const field = fieldOf(interview)
  const pressed = pressOf(says)
  if (pressed && pressed.field !== field?.name) return ask(tx, place, interview, say, at.now)
  const typed = says.kind === 'text' && says.text.length <= MOST_CHARACTERS ? says.text : null
  const parsed = typed === null ? null : parse(typed, commands, at)
  const text = pressed?.text ?? typed
  const free = field?.type === 'text' || field?.type === 'long-text'
  const heard =
    text === null || (free && parsed?.kind === 'intent') ? null : hear(interview, text, at)
  if (heard?.kind === 'filled') return heard.intent
  if (heard?.kind === 'asks') return ask(tx, place, heard.interview, say, at.now)
  if (heard?.kind === 'dropped') {
    return card(say('好，不填了，什么都没有改动。', 'Dropped; nothing was changed.'))
  }
  const meant = parsed && parsed.kind !== 'unknown'
  if (heard && (heard.why === 'required' || !meant)) {
    return ask(tx, place, interview, say, at.now, heard.why)
  }
  const { command } = interview.form.intent
  if (parsed?.kind === 'intent' && parsed.intent.command === command) return 'replaced'
  await expect(tx, aside(place), { kind: 'form', interview }, at.now, LEFT_MS)
  return 'left'
}

/** Whether an event is an answer to a question of a form, by its button. */
const pressOf = (says: Event['says']): z.infer<typeof pressedAnswer> | null => {
  if (says.kind !== 'intent' || says.intent.command !== FORM_ANSWER) return null
  return pressedAnswer.safeParse(says.intent.input).data ?? null
}

/** Takes up the form that was left here; null when there is none. */
export async function resumeForm(
  tx: Queries,
  place: Place,
  say: Say,
  now: Date,
): Promise<Card | null> {
  const left: Expected | null = await takeExpected(tx, aside(place), now)
  return left?.kind === 'form' ? ask(tx, place, left.interview, say, now) : null
}

/** An answer that says that a form waits. */
const withReminder = (shown: Card, { form }: Interview, say: Say): Card => ({
  ...shown,
  blocks: [
    ...shown.blocks,
    {
      kind: 'text',
      text: say(
        `"${form.title}"还没填完，说"继续"接着填。`,
        `"${form.title}" is not finished; say "continue" to go on.`,
      ),
    },
  ],
})

/** What a number means where the service has no buttons: that one of the last card here. */
export async function numbered(
  tx: Queries,
  { can }: Channel,
  { channel, conversation }: Place,
  text: string,
): Promise<Intent | null> {
  const number = text.trim().match(/^\d{1,2}$/)?.[0]
  if (can.buttons || !number) return null
  const [last] = await tx.$queryRaw<{ card: Card }[]>`
    select card from message
    where channel = ${channel} and conversation = ${conversation} and state = 'sent'
    order by id desc limit 1`
  const chosen = last && choicesOf(last.card).find((each) => each.number === Number(number))
  return chosen?.button.intent ?? null
}
