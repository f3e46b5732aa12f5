import type { Card } from '../../core/card.ts'
import type { Intent } from '../../core/intent.ts'
import { speaker } from '../../core/text.ts'
import { asTyped } from '../grammar/as-typed.ts'
import { isCommandWord } from '../grammar/commands/candidates.ts'
import { parse, type Question } from '../grammar/parse.ts'
import { answer } from './dialog-store.ts'
import { DROP, RESUME } from './form-dialog.ts'
import { calls, type Interpretation, notTheirs, offers, type Said, says } from './interpretation.ts'
import { readBehind } from './questions/bare-word.ts'
import { fullerAnswer } from './questions/fuller-answer.ts'
import { saysCommand } from './questions/is-answer.ts'
import {
  askAgain,
  askAllAgain,
  isPressedAnswer,
  pressedAnswer,
  questionToOpen,
} from './questions/open-questions.ts'
import { takesText } from './questions/question-card.ts'
import { spokenChoice } from './questions/spoken-choice.ts'
import { answeredCard, choiceAgain, droppedCard, eitherOf, garbled, misheard } from './replies.ts'
import { resumeQuestion } from './resume.ts'
import { smallTalk, smallTalkCard } from './small-talk.ts'
import type { Utterance } from './utterance.ts'

// Steps for what is typed while a question, a choice or a form waits. Their order is in steps.ts.

export const drop = ({ expected, text, language }: Utterance): Said | null =>
  expected && DROP.test(text.trim())
    ? { ...says(droppedCard(speaker(language))), settles: true }
    : null

export const repeatQuestion = (utterance: Utterance): Said | null =>
  utterance.question && RESUME.test(utterance.text.trim()) ? askAllAgain(utterance) : null

/** A button under a question, or one that asks it whole. */
export async function buttonOfQuestion(utterance: Utterance): Promise<Interpretation | null> {
  const { says: said } = utterance.event
  if (said.kind !== 'intent' || !isPressedAnswer(said.intent)) return null
  const key = questionToOpen(said.intent)
  if (key !== null) {
    const opened = utterance.open.some((each) => each.key === key)
      ? askAllAgain(utterance)
      : await resumeQuestion(utterance, key)
    return opened ?? says(answeredCard(speaker(utterance.language)))
  }
  const answered = await pressedAnswer(utterance, said.intent)
  if (!answered) return says(answeredCard(speaker(utterance.language)))
  return 'doubts' in answered ? askAgain(answered, utterance) : calls(answered, utterance)
}

/** A command of another role that names a day, where a day was asked for. */
export function dayOfOtherRole(utterance: Utterance): Said | null {
  const { question, text, commands, at, parsed } = utterance
  if (question?.doubts[0].expects !== 'day' || parsed.kind !== 'unknown') return null
  const read = parse(text, commands, at)
  return saysCommand(text, read, commands)
    ? waitingOn(notTheirs(text, read, utterance), utterance)
    : null
}

/** 好的 is no reason and no name; where it could be one of the answers it is that. */
export function smallTalkMeanwhile(utterance: Utterance): Said | null {
  const { question, standing, text, sayable, language } = utterance
  const talk = question && !standing && smallTalk(text)
  if (!talk || (!takesText(question) && answerIn(utterance))) return null
  const say = speaker(language)
  const { reply } = says(smallTalkCard(talk, sayable, say))
  const asked = askAllAgain(utterance)
  return { ...asked, reply: { ...reply, blocks: [...reply.blocks, ...asked.reply.blocks] } }
}

export const garbledCommand = (utterance: Utterance): Said | null =>
  utterance.question && utterance.instead === 'garbled'
    ? askAllAgain(utterance, garbled(utterance.text, speaker(utterance.language)))
    : null

/** Prose that begins like a command: the person picks. */
export function answerOrCommand(utterance: Utterance): Said | null {
  const { instead, parsed, text, language } = utterance
  if (instead !== 'either' || parsed.kind !== 'intent') return null
  const answered = answerIn(utterance)
  return answered && !('doubts' in answered)
    ? {
        ...offers(eitherOf(text, answered, parsed.intent, speaker(language)), utterance),
        settles: true,
      }
    : null
}

/** What was waited for; where more is doubtful, the next question. */
export function asAnswer(utterance: Utterance): Interpretation | null {
  const answered = utterance.instead === 'command' ? null : answerIn(utterance)
  if (!answered) return null
  return 'doubts' in answered ? askAgain(answered, utterance) : calls(answered, utterance)
}

/** What waited for, with more than was asked: 有意向 30万 for the outcome. */
export function answerWithMore(utterance: Utterance): Interpretation | null {
  const answered = fullerAnswer(utterance)
  if (!answered) return null
  return 'doubts' in answered ? askAgain(answered, utterance) : calls(answered, utterance)
}

/** What was offered, picked as people say it: 第二个, 对, a part of what tells one from the others. */
export function choiceInWords(utterance: Utterance): Interpretation | null {
  const { expected, text } = utterance
  const chosen = expected?.kind === 'choice' ? spokenChoice(expected.options, text) : null
  return chosen && calls(chosen, utterance)
}

/** What was offered is offered again: what it is about is not lost. */
export function unreadChoice({ expected, text, place, language }: Utterance): Said | null {
  if (expected?.kind !== 'choice' || smallTalk(text)) return null
  return {
    reply: choiceAgain(expected.options, text, speaker(language)),
    expects: [{ ...place, expects: expected }],
  }
}

export function unreadAnswer(utterance: Utterance): Said | null {
  const { question, standing, text, language } = utterance
  if (!question || standing) return null
  return askAllAgain(utterance, misheard(text, speaker(language)))
}

/** Says something while the question, if any, waits on. */
export const waitingOn = (reply: Card, utterance: Utterance): Said => ({
  reply,
  expects: askAllAgain(utterance).expects,
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
  const { expected, question, typed, text, at, names, sayable } = utterance
  if (question?.begun) {
    const read = readBehind(question.begun, text, names, utterance)
    const [{ slots }] = question.doubts
    if (read || slots.length === 0 || isCommandWord(text, sayable)) return read
  }
  // Where any text would do, quotes and marks are the speaker's own.
  const said = question && takesText(question) ? typed : text
  const answered = expected && answer(expected, said, at)
  if (!answered || expected.kind !== 'answer') return answered
  const intent = 'doubts' in answered ? answered.intent : answered
  const free = utterance.commandNamed(intent.command)?.phrases?.free ?? []
  const kept = { ...intent, input: asTyped(intent.input, free, said) }
  return 'doubts' in answered ? { ...answered, intent: kept } : kept
}
