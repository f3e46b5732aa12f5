import type { Card } from '../../core/card.ts'
import type { Intent } from '../../core/intent.ts'
import { speaker } from '../../core/text.ts'
import { asTyped } from '../grammar/as-typed.ts'
import { parse, type Question } from '../grammar/parse.ts'
import { answer } from './dialog-store.ts'
import { DROP, RESUME } from './form-dialog.ts'
import { calls, type Interpretation, offers, type Said, says } from './interpretation.ts'
import { saysCommand } from './is-answer.ts'
import { droppedCard, eitherOf, misheard, notTheirsCard } from './replies.ts'
import { askAgain, garbled } from './resume.ts'
import { smallTalk } from './small-talk.ts'
import type { Utterance } from './utterance.ts'

// Steps for what is typed while a question, a choice or a form waits. Their order is in steps.ts.

export const drop = ({ expected, text, language }: Utterance): Said | null =>
  expected && DROP.test(text.trim()) ? says(droppedCard(speaker(language))) : null

export const repeatQuestion = (utterance: Utterance): Said | null =>
  utterance.question && RESUME.test(utterance.text.trim())
    ? askAgain(utterance.question, utterance)
    : null

/** A command of another role that names a day, where a day was asked for. */
export function dayOfOtherRole(utterance: Utterance): Said | null {
  const { question, text, commands, at, parsed, language } = utterance
  if (question?.doubts[0].expects !== 'day' || parsed.kind !== 'unknown') return null
  return saysCommand(text, parse(text, commands, at), commands)
    ? waitingOn(notTheirsCard(text, speaker(language)), utterance)
    : null
}

export const smallTalkForFreeText = (utterance: Utterance): Said | null =>
  utterance.question && smallTalk(utterance.text) && asksFreeText(utterance.question, utterance)
    ? askAgain(utterance.question, utterance)
    : null

export const garbledCommand = (utterance: Utterance): Said | null =>
  utterance.question && utterance.instead === 'garbled'
    ? garbled(utterance.question, utterance)
    : null

/** Prose that begins like a command: the person picks. */
export function answerOrCommand(utterance: Utterance): Said | null {
  const { instead, parsed, text, language } = utterance
  if (instead !== 'either' || parsed.kind !== 'intent') return null
  const answered = answerIn(utterance)
  return answered && !('doubts' in answered)
    ? offers(eitherOf(text, answered, parsed.intent, speaker(language)), utterance)
    : null
}

/** What was waited for; where more is doubtful, the next question. */
export function asAnswer(utterance: Utterance): Interpretation | null {
  const answered = utterance.instead === 'command' ? null : answerIn(utterance)
  if (!answered) return null
  return 'doubts' in answered ? askAgain(answered, utterance) : calls(answered, utterance)
}

export function unreadAnswer(utterance: Utterance): Said | null {
  const { question, text, language } = utterance
  if (!question) return null
  return askAgain(question, utterance, smallTalk(text) ? '' : misheard(text, speaker(language)))
}

/** Says something while the question, if any, waits on. */
export const waitingOn = (reply: Card, utterance: Utterance): Said => ({
  reply,
  expects: utterance.question ? askAgain(utterance.question, utterance).expects : [],
})

/** Whether the field that is asked for is kept as typed: a note, a reason. */
export const asksFreeText = (
  { intent, doubts: [{ slots }] }: Question,
  utterance: Pick<Utterance, 'commandNamed'>,
): boolean =>
  slots.some((slot) =>
    utterance.commandNamed(intent.command)?.phrases?.free?.includes(slot.split('.').at(-1) ?? ''),
  )

/** What a text comes to as an answer to what waits, its free text as it was typed; null: it is none. */
function answerIn(utterance: Utterance): Intent | Question | null {
  const { expected, text, at } = utterance
  const answered = expected && answer(expected, text, at)
  if (!answered || expected.kind !== 'answer') return answered
  const intent = 'doubts' in answered ? answered.intent : answered
  const free = utterance.commandNamed(intent.command)?.phrases?.free ?? []
  const kept = { ...intent, input: asTyped(intent.input, free, text) }
  return 'doubts' in answered ? { ...answered, intent: kept } : kept
}
