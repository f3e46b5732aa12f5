import { z } from 'zod'
import { type Card, choicesOf, textCard } from '../../core/card.ts'
import type { Channel, Event } from '../../core/chat.ts'
import type { Intent } from '../../core/intent.ts'
import { type Say, speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { aside, forgetAll, type Place, takeExpected } from './dialog-store.ts'
import {
  backTo,
  FORM_ANSWER,
  fieldOf,
  hear,
  type Interview,
  interviewOf,
  questionCard,
  RESUME,
  type Unclear,
} from './form-dialog.ts'
import type { Said } from './interpretation.ts'
import { saysCommand } from './questions/is-answer.ts'
import { askAgain, expectLeft, leftQuestions } from './questions/open-questions.ts'
import { takesText } from './questions/question-card.ts'
import type { Addressee, Utterance } from './utterance.ts'

/** The longest text that is read. */
export const MOST_CHARACTERS = 4000

// What a service lacks, made up for in words: forms become questions, buttons become numbers.

/** A form that was left can be taken up again for so long. */
const LEFT_MS = 24 * 60 * 60_000

/** Asks for the field that an interview has come to. */
function askField(interview: Interview, { place, language }: Addressee, unclear?: Unclear): Said {
  const expects = [{ ...place, expects: { kind: 'form', interview } as const }]
  return { reply: questionCard(interview, speaker(language), unclear), expects }
}

/** An answer with its form asked for field by field, where the channel has no forms. */
export function withoutForms<Answer extends Said>(answer: Answer, utterance: Utterance): Answer {
  const { channel } = utterance
  const { reply, expects } = answer
  const form = reply.blocks.find((block) => block.kind === 'form')
  if (!form || !channel || channel.can.forms) return answer
  const question = askField(interviewOf(form.form), utterance)
  const about = reply.blocks.filter((block) => block.kind !== 'form' && block.kind !== 'buttons')
  return {
    ...answer,
    reply: { ...reply, blocks: [...about, ...question.reply.blocks] },
    expects: [...expects, ...question.expects],
  }
}

/** An answer to something else while a form was being filled in, which waits. */
export function leavingForm<Answer extends Said>(
  answer: Answer,
  interview: Interview,
  { place, language }: Addressee,
): Answer {
  const say = speaker(language)
  const left = { ...aside(place, 'form'), expects: { kind: 'form', interview } as const }
  return {
    ...answer,
    reply: reminding(
      answer.reply,
      say(
        `"${interview.form.title}"还没填完，说"继续"接着填。`,
        `"${interview.form.title}" is not finished; say "continue" to go on.`,
      ),
    ),
    expects: [...answer.expects, { ...left, patienceMs: LEFT_MS }],
  }
}

const pressedAnswer = z.object({ field: z.string(), text: z.string().max(500) })

/**
 * What an event comes to while a form is being filled in: the next question, the intent that the
 * filled form says, or something else. `left`: the form waits; `replaced`: one line said all of it.
 */
export function fillIn(
  utterance: Utterance,
  interview: Interview,
): Said | Intent | 'left' | 'replaced' {
  const { event, sayable, at } = utterance
  const { says } = event
  const field = fieldOf(interview)
  const pressed = pressOf(says)
  if (pressed && pressed.field !== field?.name) return askField(interview, utterance)
  const typed = says.kind === 'text' && says.text.length <= MOST_CHARACTERS ? says.text : null
  const parsed = typed === null ? null : utterance.parsed
  const text = pressed?.text ?? typed
  if (typed !== null && RESUME.test(typed.trim())) return askField(interview, utterance)
  const free = field?.type === 'text' || field?.type === 'long-text'
  const heard =
    text === null || (free && typed !== null && parsed && saysCommand(typed, parsed, sayable))
      ? null
      : hear(interview, text, at)
  if (heard?.kind === 'filled') {
    return refilled(heard.intent, heard.interview, utterance) ?? heard.intent
  }
  if (heard?.kind === 'asks') return askField(heard.interview, utterance)
  if (heard?.kind === 'dropped') {
    const say = speaker(utterance.language)
    const reply = textCard(say('好，不填了，什么都没有改动。', 'Dropped; nothing was changed.'))
    return { reply, expects: [] }
  }
  const meant = parsed && parsed.kind !== 'unknown'
  if (heard && (heard.why === 'required' || !meant)) {
    return askField(interview, utterance, heard.why)
  }
  const { command } = interview.form.intent
  return parsed?.kind === 'intent' && parsed.intent.command === command ? 'replaced' : 'left'
}

/** The question about the field that the form's command cannot read, with why; null when it reads all. */
function refilled(intent: Intent, interview: Interview, utterance: Utterance): Said | null {
  const command = utterance.sayable.find(({ name }) => name === intent.command)
  const [issue] = command?.faultOf(intent.input, utterance.at)?.issues ?? []
  const back = issue && backTo(interview, String(issue.path[0]))
  return back ? askField(back, utterance, { fault: issue.message }) : null
}

/** Whether an event is an answer to a question of a form, by its button. */
const pressOf = (says: Event['says']): z.infer<typeof pressedAnswer> | null => {
  if (says.kind !== 'intent' || says.intent.command !== FORM_ANSWER) return null
  return pressedAnswer.safeParse(says.intent.input).data ?? null
}

/** Takes up the question or the form that was left here; null when there is none. */
export async function resume(utterance: Utterance): Promise<Said | null> {
  const { tx, place, at } = utterance
  const question = await resumeQuestion(utterance)
  if (question) return question
  const left = await takeExpected(tx, aside(place, 'form'), at.now)
  return left?.kind === 'form' ? askField(left.interview, utterance) : null
}

/** Takes up a question that was left here, the latest or the one with this key; null when there is none. */
export async function resumeQuestion(utterance: Utterance, key?: string): Promise<Said | null> {
  const { tx, place, language, at } = utterance
  const left = await leftQuestions(tx, place, at.now)
  const question = key === undefined ? left[0] : left.find((each) => each.key === key)
  if (!question) return null
  const more = left.filter((each) => each !== question)
  await forgetAll(tx, [aside(place, 'question')])
  const say = speaker(language)
  const asked = askAgain(question, utterance, takesText(question) ? answerHint(say) : '')
  if (more.length === 0) return asked
  return {
    reply: reminding(
      asked.reply,
      say(
        `答完再说"继续"，前面还有 ${more.length} 个没答。`,
        `Then say "continue" again: ${more.length} more before it.`,
      ),
    ),
    expects: [...asked.expects, ...expectLeft(place, more)],
  }
}

/** How to answer with words that a command begins with. */
const answerHint = (say: Say): string =>
  say(
    '（回答像指令时，前面加"答："。）',
    '(When the answer looks like a command, put "answer:" before it.)',
  )

const reminding = (shown: Card, text: string): Card => ({
  ...shown,
  blocks: [...shown.blocks, { kind: 'text', text }],
})

/** What a number means where the service has no buttons: that one of the last card here. */
export async function numbered(
  tx: Queries,
  { can }: Channel,
  { channel, conversation }: Pick<Place, 'channel' | 'conversation'>,
  text: string,
): Promise<Intent | null> {
  const number = text.trim().match(/^\d{1,2}$/)?.[0]
  if (can.buttons || !number) return null
  const last = await lastCard(tx, { channel, conversation })
  const chosen = last && choicesOf(last).find((each) => each.number === Number(number))
  return chosen?.button.intent ?? null
}

/** What was said last in a conversation; null: nothing was. */
export async function lastCard(
  tx: Queries,
  { channel, conversation }: Pick<Place, 'channel' | 'conversation'>,
): Promise<Card | null> {
  const [last] = await tx.$queryRaw<{ card: Card }[]>`
    select card from message
    where channel = ${channel} and conversation = ${conversation} and state = 'sent'
      and card is not null
    order by id desc limit 1`
  return last?.card ?? null
}
