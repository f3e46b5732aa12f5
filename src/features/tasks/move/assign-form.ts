import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { pathOf } from '../../../bot/policy.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { peopleToPick } from '../../staff/store.ts'
import * as policy from '../policy.ts'

/** `派`: a task for somebody of one's unit, in a form. */
export const assignForm = query<unknown, readonly string[]>({
  name: 'assign-form',
  may: policy.beginAssigning,
  help: {
    usage: { zh: '派', en: 'assign' },
    purpose: { zh: '用表单派一件任务', en: 'set a task for your unit in a form' },
  },
  phrases: { words: ['派', '指派', '交办', '派任务', 'assign'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, asker) => peopleToPick(tx, pathOf(asker), asker.who.id),
  reply: (people, _input, { at, who }) => formCard(people, at.today, who.language),
})

function formCard(people: readonly string[], today: Day, language: Language): Card {
  const say = speaker(language)
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say('派任务', 'Set a task'),
          submit: say('派出', 'Set'),
          intent: { command: 'assign', input: {} },
          fields: [
            {
              name: 'to',
              label: say('派给谁', 'For whom'),
              type: 'text',
              required: true,
              known: people,
              several: true,
              hint: say(
                '姓名或工号；一件任务一位同事办，选几位的会问派给哪一位、要不要通知其他人',
                'names or staff codes; one colleague works a task: of several you are asked which, and whether the others are told',
              ),
            },
            {
              name: 'named',
              label: say('客户', 'Client'),
              type: 'text',
              required: true,
              seeks: 'client',
            },
            {
              name: 'kind',
              label: say('做什么', 'What'),
              type: 'choice',
              required: true,
              value: 'call',
              options: [
                { value: 'call', label: say('联系', 'Call') },
                { value: 'visit', label: say('走访', 'Visit') },
                { value: 'other', label: say('其他', 'Something else') },
              ],
            },
            {
              name: 'dueOn',
              label: say('哪天', 'Day'),
              type: 'date',
              required: true,
              value: today,
            },
            {
              name: 'dueTime',
              label: say('几点', 'Hour'),
              type: 'text',
              required: false,
              hint: say('如 15:00 或 下午3点', 'such as 15:00 or 3 pm'),
            },
            {
              name: 'note',
              label: say('说明', 'What about'),
              type: 'long-text',
              required: false,
              hint: say('如 问续贷', 'such as: ask about renewal'),
            },
          ],
        },
      },
    ],
  }
}
