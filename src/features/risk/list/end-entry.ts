import { z } from 'zod'
import { command, query } from '../../../bot/command.ts'
import { dayIn, sayDay } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import type { Text } from '../../../core/text.ts'
import { type Identity, mask, readIdentity } from '../../clients/identity/rules.ts'
import { askForSecond, NOBODY } from '../../requests/ask.ts'
import { askedCard } from '../../requests/cards.ts'
import { namesOf, secondPersons } from '../../requests/store.ts'
import * as policy from '../policy.ts'
import { numbersField, readListed } from '../rules.ts'
import { LIST_PHRASES, REMOVAL_PHRASES } from './phrases.ts'
import { type Removal, removal, subjectOf } from './remove-entries.ts'
import { entriesOf, type Listed, markedWithout, sizeOf } from './store.ts'

const input = z.object({
  numbers: numbersField,
  reason: z.string().trim().min(1, '请写理由。 Please give the reason.').max(500),
  evidence: z
    .string()
    .trim()
    .max(500)
    .nullable()
    .default(null)
    .transform((value) => value || null),
})
type Input = z.infer<typeof input>

function identitiesIn(numbers: readonly string[], reader: typeof readIdentity): Identity[] | Text {
  const read = numbers.map(reader)
  const fault = read.find((each): each is Text => !('kind' in each))
  return fault ?? read.filter((each): each is Identity => 'kind' in each)
}

interface Asked extends OnList {
  readonly why: string
  readonly evidence: string | null
}

interface OnList {
  readonly removal: Removal
  /** Who could be the second person, by name. */
  readonly confirmers: readonly string[]
}

/** Off the negative list before the last day, once somebody else of risk confirms. */
export const endEntry = command<Input, OnList, Asked>({
  name: 'negative-remove',
  may: policy.keepNegativeList,
  help: {
    usage: {
      zh: '负面 移除 13800138000 已核实是重名',
      en: 'negative remove 13800138000 another person of that name',
    },
    purpose: {
      zh: '请第二人确认移出负面清单，写明理由，可加"证据：…"；被取消的任务随后恢复',
      en: 'asks for a second person to take it off the negative list, with the reason; "evidence: …" may follow',
    },
  },
  phrases: REMOVAL_PHRASES,
  input,
  async load(tx, { numbers }, { who, bank }) {
    const identities = identitiesIn(numbers, readListed)
    if (!Array.isArray(identities)) return new Refusal(identities as Text)
    const entries = await entriesOf(tx, bank.keyedHash, identities)
    const marked = await markedWithout(tx, identities)
    return {
      removal: {
        entryIds: entries.map(({ id }) => id),
        clientIds: marked.map(({ clientId }) => clientId),
        masked: identities.map(({ value }) => mask(value)),
        because: entries.map(({ reason }) => reason),
      },
      confirmers: await namesOf(tx, await secondPersons(tx, { askedBy: who.id, role: 'risk' })),
    }
  },
  decide({ removal, confirmers }, { reason, evidence }) {
    if (subjectOf(removal) === '') {
      return refuse('不在负面清单上，没有改动。', 'Not on the negative list; nothing changed.')
    }
    return confirmers.length > 0 ? { removal, confirmers, why: reason, evidence } : NOBODY
  },
  async save(tx, { removal: payload, why, evidence }, { who, at, tell }) {
    const by = { askedBy: who.id, askedByName: who.name, reason: why, evidence }
    await askForSecond(tx, removal, { subject: subjectOf(payload), payload, ...by }, { at, tell })
  },
  reply: ({ confirmers }, _facts, { who }) => askedCard(confirmers, who.language),
})

/** Whether a number is on the list, and why; without one, how long the list is. */
export const showList = query<
  { readonly numbers: readonly string[] },
  { readonly entries: readonly Listed[]; readonly size: Awaited<ReturnType<typeof sizeOf>> }
>({
  name: 'negative-list',
  may: policy.keepNegativeList,
  help: {
    usage: { zh: '负面 查 13800138000', en: 'negative check 13800138000' },
    purpose: {
      zh: '是否在负面清单上、为什么、到哪天；单说"负面"看规模',
      en: 'whether a number is on the list, why, until when; "negative" alone for its size',
    },
  },
  phrases: LIST_PHRASES,
  input: z.object({ numbers: z.array(z.string().max(40)).max(10) }),
  async load(tx, { numbers }, { bank }) {
    const identities = identitiesIn(numbers, readIdentity)
    if (!Array.isArray(identities)) return new Refusal(identities as Text)
    return { entries: await entriesOf(tx, bank.keyedHash, identities), size: await sizeOf(tx) }
  },
  reply({ entries, size }, { numbers }, { at, who, say }) {
    if (numbers.length === 0) {
      return textCard(
        say(
          `负面清单有 ${size.entries} 条，涉及在册客户 ${size.clients} 位。发"负面 手机号 理由 至 日期"列入，"负面 导入"用表格列入。`,
          `The negative list has ${size.entries} entries and bars ${size.clients} clients on file. Say "negative phone reason until day" to add one, "negative import" for a workbook.`,
        ),
      )
    }
    if (entries.length === 0) {
      return textCard(
        say(
          `${numbers.map(mask).join('、')} 不在负面清单上。要列入就加上理由："负面 号码 理由 至 日期"。`,
          `${numbers.map(mask).join(', ')}: not on the negative list. To add it, give the reason: "negative number reason until day".`,
        ),
      )
    }
    const items = entries.map(({ reason, until, by, addedAt }) => {
      const on = sayDay(dayIn(addedAt, at.timezone), at.today, who.language)
      const last = until ? say(`到 ${until}`, `until ${until}`) : say('长期', 'for good')
      return { text: `${reason} · ${last} · ${by} ${on}` }
    })
    const head = say(
      `在负面清单上：${numbers.map(mask).join('、')}`,
      `On the negative list: ${numbers.map(mask).join(', ')}`,
    )
    return textCard(head, { kind: 'list', items })
  },
})
