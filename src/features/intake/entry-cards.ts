import { sayPhone } from '../../bot/grammar/phone.ts'
import type { Moment } from '../../bot/moment.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import type { Card } from '../../core/card.ts'
import { sayYuan } from '../../core/money.ts'
import { type Language, speaker } from '../../core/text.ts'
import { undoButton } from '../../core/undo-button.ts'
import { needsNoted, otherLines } from '../tasks/outcomes/other-lines.ts'
import type { PlannedTask } from '../tasks/rules.ts'
import type { NewClient } from './rules.ts'

type Entered = NewClient & { readonly task: PlannedTask | null }

export function enteredCard(
  { name, phone, businessName, amount, note, products, task }: Entered,
  at: Moment,
  language: Language,
  shared: boolean,
): Card {
  const say = speaker(language)
  const who = [`**${name}**`, businessName, sayPhone(phone, shared)].filter(Boolean).join(' · ')
  const wish =
    amount === null
      ? ''
      : say(`，想贷 ${sayYuan(amount, 'zh')}`, `; wants ${sayYuan(amount, 'en')}`)
  const noted = note === null ? '' : say(`备注：${note}`, ` Noted: ${note}`)
  const needs = needsNoted(otherLines(at.catalogue, products), language)
  const then = task
    ? say(
        `，**${saySetDay(task.dueOn, at, 'zh')}** 首次联系`,
        `; first call **${saySetDay(task.dueOn, at, 'en')}**`,
      )
    : say('，在负面清单上，不做营销', '; on the negative list, so no marketing')
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `已登记新客户：${who}${wish}${then}。${needs}${noted}`,
          `Entered: ${who}${wish}${then}.${needs}${noted}`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('记需求', 'Need'),
            opensForm: true,
            intent: { command: 'need-form', input: { named: name } },
          },
          undoButton(say),
        ],
      },
    ],
  }
}

export function newClientFormCard(language: Language): Card {
  const say = speaker(language)
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say('新客户', 'New client'),
          submit: say('登记', 'Enter'),
          intent: { command: 'new-client', input: {} },
          fields: [
            { name: 'name', label: say('姓名', 'Name'), type: 'text', required: true },
            { name: 'phone', label: say('手机', 'Phone'), type: 'phone', required: true },
            {
              name: 'businessName',
              label: say('店名或企业', 'Business'),
              type: 'text',
              required: false,
            },
          ],
        },
      },
    ],
  }
}
