import type { Moment } from '../../bot/moment.ts'
import { day, sayDay } from '../../core/calendar/time.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import type { Card } from '../../core/card.ts'
import type { Catalogue } from '../../core/catalogue.ts'
import { sayYuan } from '../../core/money.ts'
import { inLanguage, type Language, speaker } from '../../core/text.ts'
import { undoButton } from '../../core/undo-button.ts'
import { OWN_LINE, offered, productsOf, urgencyLabel } from '../catalogue/rules.ts'
import type { Client } from '../clients/rules.ts'
import { URGENCIES } from '../playbook/rules.ts'
import type { RegisteredNeed } from './rules.ts'

/** What was registered, and who takes it from here. */
export function needCard(
  { client, need, task }: RegisteredNeed,
  barred: string | null,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const wanted = productsOf(need)
  const what = [
    wanted.map(({ label }) => inLanguage(label, language)).join(say('、', ', ')),
    need.amount && sayYuan(need.amount, language),
    need.wantedOn && sayDay(day(need.wantedOn), at.today, language),
    inLanguage(urgencyLabel[need.urgency], language),
    need.note && `"${need.note}"`,
  ]
  const others = wanted.filter(({ line }) => line !== OWN_LINE)
  const named = others.map(({ label }) => inLanguage(label, language)).join(say('、', ', '))
  const handedOver =
    others.length === wanted.length
      ? say(
          '属于其他条线，已登记，将随名单移交',
          'another line serves it; it goes with the next hand-over',
        )
      : others.length > 0 && say(`${named}将随名单移交`, `${named} goes with the next hand-over`)
  const worked = task
    ? say(
        `**${saySetDay(task.dueOn, at, 'zh')}** 跟进`,
        `follow up **${saySetDay(task.dueOn, at, 'en')}**`,
      )
    : others.length < wanted.length &&
      barred &&
      say('这位客户不做营销，只登记不排任务', 'no marketing to this client, so no task')
  const then = [worked, handedOver].filter(Boolean).join(say('；', '; '))
  const text = say(
    `已记需求：**${client.name}** ${what.filter(Boolean).join(' ')}。${then}。`,
    `Need registered: **${client.name}** ${what.filter(Boolean).join(' ')}; ${then}.`,
  )
  return {
    blocks: [
      { kind: 'text', text },
      {
        kind: 'buttons',
        buttons: [
          undoButton(say),
          {
            label: say('客户', 'Client'),
            intent: { command: 'client', input: { clientId: client.id } },
          },
        ],
      },
    ],
  }
}

export function needFormCard(client: Client, catalogue: Catalogue, language: Language): Card {
  const say = speaker(language)
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say(`${client.name} 的需求`, `What ${client.name} needs`),
          submit: say('登记', 'Register'),
          intent: { command: 'need', input: { clientId: client.id } },
          fields: [
            {
              name: 'product',
              label: say('产品', 'Product'),
              type: 'choice',
              required: true,
              options: offered(catalogue).map(({ code, label }) => ({
                value: code,
                label: inLanguage(label, language),
              })),
            },
            {
              name: 'urgency',
              label: say('紧急程度', 'Urgency'),
              type: 'choice',
              required: true,
              value: 'soon',
              options: URGENCIES.map((value) => ({
                value,
                label: inLanguage(urgencyLabel[value], language),
              })),
            },
            {
              name: 'amount',
              label: say('金额', 'Amount'),
              type: 'amount',
              required: false,
              hint: say('如 20万', 'such as 200000'),
            },
            {
              name: 'wantedOn',
              label: say('何时需要', 'Wanted on'),
              type: 'date',
              required: false,
            },
            { name: 'note', label: say('备注', 'Note'), type: 'long-text', required: false },
          ],
        },
      },
    ],
  }
}
