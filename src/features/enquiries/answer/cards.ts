import { type Block, type Button, type Card, textCard } from '../../../core/card.ts'
import { inLanguage, type Language, speaker, type Text } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import { button, clientButtons } from '../labels.ts'
import type { Enquiry } from '../rules.ts'

interface Answer {
  readonly enquiry: Enquiry
  readonly about: Text
  readonly answer: string
}

/** To whoever answered. */
export const answeredCard = ({ enquiry, about, answer }: Answer, language: Language): Card =>
  textCard(
    speaker(language)(
      `已答复 ${enquiry.askedByName}（**${about.zh}**）："${answer}"`,
      `Answered ${enquiry.askedByName} (**${about.en}**): "${answer}"`,
    ),
    undoRow(speaker(language)),
  )

/** To whoever asked: the answer, and what may go on now. */
export function heardCard(
  { enquiry, about, answer, by }: Answer & { readonly by: string },
  language: Language,
): Card {
  const say = speaker(language)
  const { question, clientId, move, addressee } = enquiry
  const next: Button[] = [
    ...(move ? [button(say('待批', 'Pending'), 'pending-moves')] : []),
    ...(addressee === 'requester' ? [button(say('待确认', 'Requests'), 'requests')] : []),
    ...clientButtons(clientId, say),
  ]
  const row: Block[] = next.length > 0 ? [{ kind: 'buttons', buttons: next }] : []
  return textCard(
    say(
      `${by} 答复了 **${about.zh}** 的询问："${answer}"\n问的是："${question}"`,
      `${by} answered about **${about.en}**: "${answer}"\nThe question was: "${question}"`,
    ),
    ...row,
  )
}

/** To whoever asked: the answer is taken back, and the question waits again. */
export const backCard = (by: string, question: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `${by} 撤回了答复，问题仍等答复："${question}"`,
      `${by} took the answer back; the question waits again: "${question}"`,
    ),
  )

/** The beginning of a question. */
export const shortQuestion = ({ question, askedByName }: Enquiry, language: Language): string => {
  const short = question.length > 20 ? `${question.slice(0, 20)}…` : question
  return speaker(language)(`${askedByName}：${short}`, `${askedByName}: ${short}`)
}

export function answerFormCard({ id, question }: Enquiry, about: Text, language: Language): Card {
  const say = speaker(language)
  const label = say('答复', 'Answer')
  const form = {
    title: `${label} · ${inLanguage(about, language)}`,
    submit: label,
    intent: { command: 'answer-enquiry', input: { enquiryId: id } },
    fields: [{ name: 'answer', label, type: 'long-text', required: true, hint: question } as const],
  }
  return { blocks: [{ kind: 'form', form }] }
}
