import type { Moment } from '../../bot/moment.ts'
import { type Day, dayIn, sayDay } from '../../core/calendar/time.ts'
import { type Block, type Button, type Card, type ListItem, textCard } from '../../core/card.ts'
import type { Actor } from '../../core/staff.ts'
import { counted, inLanguage, type Language, speaker, type Text } from '../../core/text.ts'
import { undoRow } from '../../core/undo-button.ts'
import { tierLabel } from '../tier-rules/rules.ts'
import { addresseeLabel, answerButton, button, clientButtons, whenDue } from './labels.ts'
import type { Enquiry, Told } from './rules.ts'

/** A question with what it is about. */
export interface Listed {
  readonly enquiry: Enquiry
  readonly about: Text
}

const moveOf = ({ move }: Enquiry, language: Language): string =>
  move ? ` ${tierLabel(move.from, language)} → ${tierLabel(move.to, language)}` : ''

/** Who is to answer, by name where it is one person. */
const whomOf = ({ addressee, ownerName, requesterName }: Enquiry, language: Language): string =>
  (addressee === 'manager' ? ownerName : requesterName) ?? addresseeLabel(addressee, language)

/** What the reader is to answer, and what others are to answer. */
export function enquiriesCard(
  mine: readonly Listed[],
  others: readonly Listed[],
  at: Moment,
  { id: reader, language }: Pick<Actor, 'id' | 'language'>,
): Card {
  const say = speaker(language)
  const title = say('询问', 'Enquiries')
  if (mine.length + others.length === 0) {
    const none = say(
      '没有等答复的询问。要问营销或风险，发"问营销 姓名 问题"。',
      'No question waits. To ask, say "ask marketing Name question".',
    )
    return { title, blocks: [{ kind: 'text', text: none }] }
  }
  const item = ({ enquiry, about }: Listed, buttons: readonly Button[]): ListItem => ({
    text: [
      `**${inLanguage(about, language)}**${moveOf(enquiry, language)}`,
      `${enquiry.askedByName} → ${whomOf(enquiry, language)}${say('：', ': ')}"${enquiry.question}" · ${whenDue(enquiry.dueOn, at.today, say)}`,
    ].join('\n'),
    buttons: [...buttons, ...clientButtons(enquiry.clientId, say)],
  })
  const back = ({ enquiry: { id, askedBy } }: Listed): Button[] =>
    askedBy === reader
      ? [button(say('撤回', 'Take back'), 'withdraw-enquiry', { enquiryId: id })]
      : []
  const lists: Block[] = [
    {
      kind: 'list',
      heading: say(`等您答复 ${mine.length} 件`, `${mine.length} for you to answer`),
      items: mine.map((each) => item(each, [answerButton(each.enquiry.id, say)])),
    },
    {
      kind: 'list',
      heading: say(`等别人答复 ${others.length} 件`, `${others.length} for others to answer`),
      items: others.map((each) => item(each, back(each))),
    },
  ]
  return {
    title,
    blocks: lists.filter((block) => block.kind === 'list' && block.items.length > 0),
  }
}

/** A question as it stands on the client's card, with its answer. */
export function toldLine(told: Told, at: Moment, language: Language): string {
  const say = speaker(language)
  const on = (moment: Date) => sayDay(dayIn(moment, at.timezone), at.today, language)
  const asked = say(
    `${on(told.askedAt)} ${told.askedByName}问${addresseeLabel(told.addressee, 'zh')}："${told.question}"`,
    `${on(told.askedAt)}: ${told.askedByName} asked ${addresseeLabel(told.addressee, 'en')} "${told.question}"`,
  )
  const then =
    told.answer !== null && told.answeredAt
      ? say(
          `${on(told.answeredAt)} ${told.answeredByName}答："${told.answer}"`,
          `${on(told.answeredAt)}: ${told.answeredByName} answered "${told.answer}"`,
        )
      : say(
          `还没有答复（${whenDue(told.dueOn, at.today, say)}）`,
          `no answer yet (${whenDue(told.dueOn, at.today, say)})`,
        )
  return `${asked}\n${then}`
}

/** At the head of a manager's list. */
export const waitingNote = (
  { count, dueOn }: { readonly count: number; readonly dueOn: Day },
  today: Day,
): Text => ({
  zh: `询问待答 ${count} 件，最早${whenDue(dueOn, today, speaker('zh'))}：发"询问"`,
  en: `${counted(count, 'question')} to answer, the first ${whenDue(dueOn, today, speaker('en'))}: say "enquiries"`,
})

export const withdrawnCard = (enquiry: Enquiry, about: Text, language: Language): Card =>
  textCard(
    speaker(language)(
      `已撤回：**${about.zh}** "${enquiry.question}"，不用再答复。`,
      `Taken back: **${about.en}** "${enquiry.question}"; no answer is needed.`,
    ),
    undoRow(speaker(language)),
  )

export const withdrawnLetterCard = (
  by: string,
  { question }: Enquiry,
  about: Text,
  language: Language,
): Card =>
  textCard(
    speaker(language)(
      `${by} 撤回了 **${about.zh}** 的询问，不用再答："${question}"`,
      `${by} took the question about **${about.en}** back: "${question}"`,
    ),
  )

/** To whom a question is for: its day has passed. */
export function remindedCard(enquiry: Enquiry, about: Text, at: Moment, language: Language): Card {
  const say = speaker(language)
  const due = whenDue(enquiry.dueOn, at.today, say)
  return textCard(
    say(
      `${enquiry.askedByName} 问 **${about.zh}** 的事还等您答复（${due}）："${enquiry.question}"`,
      `${enquiry.askedByName} still waits for your answer about **${about.en}** (${due}): "${enquiry.question}"`,
    ),
    {
      kind: 'buttons',
      buttons: [answerButton(enquiry.id, say), ...clientButtons(enquiry.clientId, say)],
    },
  )
}

/** To whoever asked: the day has passed without an answer. */
export function lateCard(
  { id, question }: Enquiry,
  about: Text,
  answerers: readonly string[],
  language: Language,
): Card {
  const say = speaker(language)
  const whom = answerers.join(say('、', ', '))
  return textCard(
    say(
      `**${about.zh}** 的询问过了期限还没有答复，已再提醒 ${whom}："${question}"`,
      `The question about **${about.en}** has passed its day without an answer; ${whom} was reminded: "${question}"`,
    ),
    {
      kind: 'buttons',
      buttons: [button(say('撤回', 'Take back'), 'withdraw-enquiry', { enquiryId: id })],
    },
  )
}
