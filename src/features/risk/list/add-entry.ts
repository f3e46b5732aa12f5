import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import { sayDay } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { type Identity, mask, readIdentity } from '../../clients/identity/rules.ts'
import * as policy from '../policy.ts'
import { numbersField } from '../rules.ts'
import { bar } from './effect.ts'
import { ENTRY_PHRASES } from './phrases.ts'
import { addEntries, entriesOf, type Listed, type NewEntry } from './store.ts'

const input = z.object({
  numbers: numbersField,
  reason: z.string().trim().min(1, '请写理由。 Please give the reason.').max(500),
  until: dayField,
})
type Input = z.infer<typeof input>

interface Facts {
  readonly identities: readonly Identity[]
  readonly before: readonly Listed[]
}

/** Somebody on the negative list, by phone, ID number or credit code, in one line. */
export const addEntry = command<Input, Facts, NewEntry>({
  name: 'negative-add',
  may: policy.keepNegativeList,
  help: {
    usage: {
      zh: '负面 13800138000 冒用资料 至 2027-12-31',
      en: 'negative 13800138000 forged papers until 2027-12-31',
    },
    purpose: {
      zh: '列入负面清单：手机、身份证号或信用代码，理由，到期日（不写为长期）',
      en: 'onto the negative list: phone, ID number or credit code, reason, last day (none: for good)',
    },
  },
  phrases: ENTRY_PHRASES,
  input,
  async load(tx, { numbers }, { bank }) {
    const identities: Identity[] = []
    for (const number of numbers) {
      const read = readIdentity(number)
      if (!('kind' in read)) return new Refusal(read)
      identities.push(read)
    }
    return { identities, before: await entriesOf(tx, bank.keyedHash, identities) }
  },
  decide({ identities, before }, { reason, until }, { at }) {
    if (until && until <= at.today) {
      return refuse(
        `到期日 ${until} 已经过去，请给以后的日期。`,
        `${until} has gone by; give a later day.`,
      )
    }
    const same = before.find((each) => each.reason === reason && each.until === until)
    if (same) {
      return refuse(
        `已在负面清单上（${same.by}登记，${same.reason}），没有重复。`,
        `On the negative list already (by ${same.by}: ${same.reason}).`,
      )
    }
    return { identities, reason, until }
  },
  async save(tx, entry, { who, at, actId, bank }) {
    const by = { staffId: who.id, actId, now: at.now }
    await bar(tx, await addEntries(tx, bank.keyedHash, [entry], by), at.now)
  },
  reply({ identities, reason, until }, _facts, { at, who, say }) {
    const numbers = identities.map(({ value }) => mask(value)).join('、')
    const last = until
      ? say(`到 ${sayDay(until, at.today, 'zh')}`, `until ${sayDay(until, at.today, 'en')}`)
      : say('长期', 'for good')
    return textCard(
      say(
        `已列入负面清单：${numbers}，${reason}，${last}。存量客户的营销任务已取消，以后录入也会拦下。`,
        `On the negative list: ${numbers}, ${reason}, ${last}. Marketing to clients with these numbers has ended, and whoever enters them later is stopped.`,
      ),
      {
        kind: 'buttons',
        buttons: [
          {
            label: who.language === 'zh' ? '移除' : 'Remove',
            opensForm: true,
            intent: {
              command: 'negative-remove-form',
              input: { numbers: identities.map(({ value }) => value) },
            },
          },
        ],
      },
    )
  },
})
