import type { Moment } from '../../../bot/moment.ts'
import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { type Card, type FormField, textCard } from '../../../core/card.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Actor } from '../../../core/staff.ts'
import { type Language, type Say, speaker, type Text } from '../../../core/text.ts'
import { undoButton } from '../../../core/undo-button.ts'
import { type ClientView, clientFields } from '../../client-card/cards.ts'
import { addresseeLabel, answerButton, button, clientButtons, departmentLabel } from '../labels.ts'
import { type Addressee, type Department, isDepartment } from '../rules.ts'

const namesIn = (people: readonly { readonly name: string }[], say: Say): string =>
  people.map(({ name }) => name).join(say('、', ', '))

/** A letter with a question. */
interface Letter {
  readonly id: string
  readonly by: Pick<Actor, 'name' | 'role'>
  readonly question: string
  readonly dueOn: Day
}

/** Who asks, from where. */
const bySaid = ({ name, role }: Letter['by'], language: Language): string =>
  isDepartment(role)
    ? speaker(language)(
        `${departmentLabel(role, 'zh')} ${name}`,
        `${name} of ${departmentLabel(role, 'en')}`,
      )
    : name

/** To whom a question about a client is for: the question, the card of the client with its number masked. */
export function letterCard(
  {
    id,
    by,
    question,
    dueOn,
    about,
    moveId,
  }: Letter & {
    readonly about: Pick<ClientView, 'client' | 'serving'>
    readonly moveId: string | null
  },
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const { client } = about
  const day = sayDay(dueOn, at.today, language)
  const waits = moveId
    ? say('答复前分层调整不作决定。', ' The move between tiers waits for it.')
    : ''
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `${bySaid(by, 'zh')} 问 **${client.name}** 的事，请在 **${day}** 前答复：\n"${question}"\n${waits}`.trim(),
          `${bySaid(by, 'en')} asks about **${client.name}**, to be answered by **${day}**:\n"${question}"\n${waits}`.trim(),
        ),
      },
      { kind: 'fields', fields: clientFields({ ...about, sections: [] }, at, language, true) },
      {
        kind: 'buttons',
        buttons: [
          answerButton(id, say),
          ...clientButtons(client.id, say),
          button(say('分层依据', 'Tier and why'), 'tier', { clientId: client.id }),
        ],
      },
    ],
  }
}

/** To whoever made a request: what is asked before it is decided. */
export function requestLetterCard(
  { id, by, question, dueOn, about }: Letter & { readonly about: Text },
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const day = sayDay(dueOn, at.today, language)
  return textCard(
    say(
      `${bySaid(by, 'zh')} 先问一下您提出的事，请在 **${day}** 前答复，答复前不作决定：\n**${about.zh}**\n"${question}"`,
      `${bySaid(by, 'en')} asks before deciding what you requested, to be answered by **${day}**:\n**${about.en}**\n"${question}"`,
    ),
    { kind: 'buttons', buttons: [answerButton(id, say)] },
  )
}

/** To whoever asked: whom, until when. */
export function askedCard(
  asked: {
    readonly about: Text
    readonly question: string
    readonly dueOn: Day
    readonly addressee: Addressee
    readonly answerers: readonly { readonly name: string }[]
    readonly moveId: string | null
  },
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const { about, question, answerers } = asked
  const whom = say(
    `${addresseeLabel(asked.addressee, 'zh')} ${namesIn(answerers, say)}`,
    `${namesIn(answerers, say)} (${addresseeLabel(asked.addressee, 'en')})`,
  )
  const day = sayDay(asked.dueOn, at.today, language)
  const waits =
    asked.moveId || asked.addressee === 'requester'
      ? say('答复前不作决定。', ' Nothing is decided before.')
      : ''
  return textCard(
    say(
      `已问${whom}：**${about.zh}** "${question}"，**${day}** 前答复。${waits}答复会发给您${asked.addressee === 'requester' ? '' : '，也记在客户卡片上'}。`,
      `Asked ${whom} about **${about.en}**: "${question}", to be answered by **${day}**.${waits} The answer comes to you${asked.addressee === 'requester' ? '' : ' and stands on the client’s card'}.`,
    ),
    {
      kind: 'buttons',
      buttons: [undoButton(say), button(say('我的询问', 'Enquiries'), 'enquiries')],
    },
  )
}

/** What is asked, of which department where that is open, and until when. */
export function enquiryFormCard(
  intent: Intent,
  about: Text | null,
  usual: Day,
  departments: readonly Department[] | null,
  language: Language,
): Card {
  const say = speaker(language)
  const options = departments?.map((each) => ({
    label: departmentLabel(each, language),
    value: each,
  }))
  const whom: FormField[] = options
    ? [{ name: 'addressee', label: say('问谁', 'Whom'), type: 'choice', required: true, options }]
    : []
  const title = about
    ? say(`询问 · ${about.zh}`, `Enquiry · ${about.en}`)
    : say('先问提出的人', 'Ask whoever made it')
  const fields: FormField[] = [
    ...whom,
    { name: 'question', label: say('问什么', 'Question'), type: 'long-text', required: true },
    {
      name: 'dueOn',
      label: say('哪天前答复', 'Answer by'),
      type: 'date',
      value: usual,
      required: false,
    },
  ]
  return {
    blocks: [{ kind: 'form', form: { title, submit: say('发出', 'Send'), intent, fields } }],
  }
}
