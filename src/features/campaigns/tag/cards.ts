import { sayPhone } from '../../../bot/grammar/phone.ts'
import type { Moment } from '../../../bot/moment.ts'
import { saySetDay } from '../../../core/calendar/workdays.ts'
import type { Card, FormField } from '../../../core/card.ts'
import type { Product } from '../../../core/catalogue.ts'
import { sayYuan } from '../../../core/money.ts'
import { offeredKinds } from '../../../core/outcome.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import { undoButton } from '../../../core/undo-button.ts'
import { OWN_LINE, offered, productLabel } from '../../catalogue/rules.ts'
import type { Client } from '../../clients/rules.ts'
import { noNextLabel, outcomeLabel } from '../../tasks/labels.ts'
import type { LoggedContact } from '../../tasks/outcomes/log-contact.ts'
import type { Next } from '../../tasks/rules.ts'
import type { Campaign } from '../rules.ts'

/** What was tagged, what comes next, and the way back. */
export function taggedCard(tagged: Tagged, at: Moment, language: Language, shared: boolean): Card {
  const { campaign, client, contact, needs, next, alsoPhone } = tagged
  const say = speaker(language)
  const what = [
    `**${client.name}**`,
    outcomeLabel(at.kinds, contact.kind.code, say),
    contact.amount && sayYuan(contact.amount, language),
    contact.note && `"${contact.note}"`,
  ]
    .filter(Boolean)
    .join(' ')
  const then =
    'none' in next
      ? noNextLabel(next.none, say)
      : say(
          `**${saySetDay(next.task.dueOn, at, 'zh', next.task.dueTime)}** 再联系`,
          `next **${saySetDay(next.task.dueOn, at, 'en', next.task.dueTime)}**`,
        )
  const lines = [
    say(
      `已打标"${campaign.name}"：${what}，${then}。`,
      `Tagged in "${campaign.name}": ${what}; ${then}.`,
    ),
  ]
  if (!('id' in client)) {
    lines.push(say('新客户，已登记在您名下。', 'New, and entered as your client.'))
  }
  if (alsoPhone) {
    lines.push(
      say(
        `另记电话 ${sayPhone(alsoPhone, shared)}。`,
        `Their number ${sayPhone(alsoPhone, shared)} was added.`,
      ),
    )
  }
  if (needs.length > 0) {
    const names = needs.map(({ label }) => inLanguage(label, language)).join(say('、', ', '))
    const other = needs.some(({ line }) => line !== OWN_LINE)
    lines.push(
      other
        ? say(
            `另记需求：${names}，其他条线的将随名单移交。`,
            `Needs noted: ${names}; those of other lines go with the next hand-over.`,
          )
        : say(`另记需求：${names}。`, `Needs noted: ${names}.`),
    )
  }
  const left = { command: 'campaign-clients', input: { campaignId: campaign.id } }
  return {
    blocks: [
      { kind: 'text', text: lines.join('\n') },
      {
        kind: 'buttons',
        buttons: [undoButton(say), { label: say('还有谁', 'Who is left'), intent: left }],
      },
    ],
  }
}

/** The form; without a client it asks who, and of several campaigns it asks which. */
export function tagFormCard(
  campaigns: readonly Campaign[],
  client: Client | null,
  { kinds, catalogue }: Pick<Moment, 'kinds' | 'catalogue'>,
  language: Language,
): Card {
  const say = speaker(language)
  const [first, ...others] = campaigns
  const fields: FormField[] = []
  if (others.length > 0) {
    fields.push({
      name: 'campaignId',
      label: say('活动', 'Campaign'),
      type: 'choice',
      required: true,
      options: campaigns.map(({ id, name }) => ({ label: name, value: id })),
    })
  }
  if (!client) {
    fields.push(
      {
        name: 'named',
        label: say('客户姓名', 'Name'),
        type: 'text',
        required: true,
        seeks: 'client',
      },
      {
        name: 'phone',
        label: say('手机', 'Phone'),
        type: 'phone',
        required: false,
        hint: say('新客户必填', 'needed for somebody new'),
      },
      { name: 'businessName', label: say('店名或企业', 'Business'), type: 'text', required: false },
    )
  }
  fields.push(
    {
      name: 'response',
      label: say('反馈', 'Response'),
      type: 'choice',
      required: true,
      options: offeredKinds(kinds).map(({ code, label }) => ({
        label: inLanguage(label, language),
        value: code,
      })),
    },
    {
      name: 'needs',
      label: say('其他需求', 'Other needs'),
      type: 'text',
      required: false,
      hint: say('如 结算卡、代发工资', 'such as settlement card, payroll'),
      known: offered(catalogue).map(({ code }) => productLabel(catalogue, code, language)),
      several: true,
    },
    {
      name: 'amount',
      label: say('金额', 'Amount'),
      type: 'amount',
      required: false,
      hint: say('如 50万', 'such as 500000'),
    },
    { name: 'nextDate', label: say('下次联系', 'Next on'), type: 'date', required: false },
    {
      name: 'nextTime',
      label: say('几点', 'Hour'),
      type: 'text',
      required: false,
      hint: say('如 15:00 或 下午3点', 'such as 15:00 or 3 pm'),
    },
    { name: 'note', label: say('备注', 'Note'), type: 'long-text', required: false },
  )
  const title = [say('打标', 'Tag'), others.length === 0 && first?.name, client?.name]
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: title.filter(Boolean).join(' · '),
          submit: say('打标', 'Tag'),
          intent: {
            command: 'tag',
            input: {
              ...(others.length === 0 && { campaignId: first?.id }),
              ...(client && { clientId: client.id }),
            },
          },
          fields,
        },
      },
    ],
  }
}

/** Somebody to be put on file. */
export interface Newcomer {
  readonly name: string
  readonly phone: string
  readonly businessName: string | null
  /** Whose number it is already; null: nobody's. */
  readonly sharesWith: string | null
}

export interface TagFacts {
  readonly campaign: Campaign
  /** Who was approached: on file, or new. */
  readonly client: Client | Newcomer
  /** A number of somebody on file that the file does not have; null: none was said. */
  readonly alsoPhone: string | null
  readonly contact: Omit<LoggedContact, 'client' | 'campaignId'>
  readonly needs: readonly Product[]
  readonly next: Next
}

export type Tagged = TagFacts
