import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import type { Asker } from '../../../bot/policy.ts'
import { addDays, type Day } from '../../../core/calendar/time.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { clientRef, nobodyCalledSo, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { servingOf } from '../../clients/store.ts'
import { numbersOf, pendingOf } from '../../tiers/approvals/store.ts'
import { departmentLabel } from '../labels.ts'
import * as policy from '../policy.ts'
import {
  type Addressee,
  answerBy,
  DEPARTMENTS,
  type Department,
  dayFault,
  type Enquiry,
  isDepartment,
  MOST_DAYS,
} from '../rules.ts'
import { answerersOf, insertEnquiry, openOf } from '../store.ts'
import { askedCard, letterCard } from './cards.ts'
import { ENQUIRY_PHRASES } from './phrases.ts'

/** What is asked, in an input. */
export const questionField = z
  .string()
  .trim()
  .min(1, '请写要问什么。 Please say what is asked.')
  .max(500, '最多 500 字。 At most 500 characters.')

const input = z.object({
  ...clientRef,
  /** The move with this number on the list of those that wait. */
  number: z.int().positive().optional(),
  addressee: z.enum(['manager', ...DEPARTMENTS]).optional(),
  question: questionField,
  dueOn: dayField,
})
type Input = z.infer<typeof input>

interface Facts {
  readonly client: Client
  readonly serving: Awaited<ReturnType<typeof servingOf>>
  readonly addressee: Exclude<Addressee, 'requester'>
  /** The move that waits for the asker's department to decide, and now for the answer; null: none. */
  readonly moveId: string | null
  readonly answerers: readonly { readonly id: string; readonly name: string }[]
  readonly open: readonly Enquiry[]
}

interface Asked extends Facts {
  readonly question: string
  readonly dueOn: Day
}

/**
 * A question about a client: to marketing or risk by whoever serves the client or is above, to whoever serves it by
 * marketing or risk. It goes with the client's card, and its answer comes back and stands there.
 */
export const enquire = command<Input, Facts, Asked>({
  name: 'enquire',
  may: policy.enquire,
  undoable: true,
  help: {
    usage: {
      zh: '问营销 张三 能不能先不进E类？ 周五前答复',
      en: 'ask marketing Zhang can it stay out of E? by Friday',
    },
    purpose: {
      zh: '问营销部门或风险部门一位客户的事；这两个部门发"调查 张三 …"问客户经理，答复前不作决定',
      en: 'ask marketing or risk about a client; they ask its manager with "enquire Zhang …", and decide nothing meanwhile',
    },
  },
  phrases: ENQUIRY_PHRASES,
  input,
  askedInVain: nobodyCalledSo,
  load,
  decide(facts, { question, dueOn }, { at, who }): Asked | Refusal {
    const { client, addressee, answerers, open } = facts
    if (answerers.length === 0) {
      return addressee === 'manager'
        ? refuse(`${client.name} 现在没有在岗的客户经理。`, `Nobody serves ${client.name} now.`)
        : refuse(
            `行里还没有${departmentLabel(addressee, 'zh')}的人，先问上级。`,
            `Nobody of ${departmentLabel(addressee, 'en')} works here yet; ask whoever is above you.`,
          )
    }
    const again = open.some(
      (each) =>
        each.askedBy === who.id && each.addressee === addressee && each.question === question,
    )
    if (again) {
      return refuse(
        `这个问题已经问过，正等 ${answerers.map(({ name }) => name).join('、')} 答复。`,
        `That was asked before and waits for ${answerers.map(({ name }) => name).join(', ')}.`,
      )
    }
    const until = dueOn ?? answerBy(at.today, at.workdays)
    const fault = dayFault(until, at.today, addDays(at.today, MOST_DAYS))
    return fault ?? { ...facts, question, dueOn: until }
  },
  async save(tx, asked, { who, actId, at, tell }) {
    const { client, answerers } = asked
    const row = { ...asked, clientId: client.id, requestId: null }
    const id = await insertEnquiry(tx, row, { staffId: who.id, actId, now: at.now })
    for (const each of answerers) {
      if (each.id === who.id) continue
      await tell(each.id, (language) =>
        letterCard({ id, by: who, ...asked, about: asked }, at, language),
      )
    }
  },
  reply: ({ client, ...asked }, _facts, { at, who }) =>
    askedCard({ ...asked, about: text(client.name, client.name) }, at, who.language),
})

async function load(
  tx: Queries,
  asked: Input,
  context: Context & Asker,
): Promise<Facts | Refusal | Choice> {
  const { who, at } = context
  const role = isDepartment(who.role) ? who.role : null
  const numbered = asked.number === undefined ? null : await clientOfMove(tx, who.id, asked.number)
  if (asked.number !== undefined && (!role || !numbered)) {
    return refuse(
      '请先发"待批"看编号，或者写客户姓名。',
      'Say "pending" first to see the numbers, or name the client.',
    )
  }
  const ref = numbered ? { clientId: numbered } : asked
  const client = await resolveClient(tx, context, ref, { command: 'enquire', input: asked })
  if (!('id' in client)) return client
  const addressee = asked.addressee ?? (role ? 'manager' : null)
  if (!addressee) return whichDepartment(client, asked, who.language)
  if (addressee === role) {
    return refuse(
      '这是您自己的部门；要问客户经理，发"调查 姓名 问题"。',
      'That is your own department; to ask the manager say "enquire Name question".',
    )
  }
  if (addressee === 'manager' && !role) {
    return refuse('调查由营销部门或风险部门发起。', 'Managers are asked by marketing or risk.')
  }
  const [serving, moveId, answerers, open] = await Promise.all([
    servingOf(tx, { clientId: client.id, timezone: at.timezone }),
    role && addressee === 'manager' ? pendingOf(tx, role, client.id) : null,
    answerersOf(tx, { addressee, clientId: client.id, requestId: null }, at.today),
    openOf(tx, client.id),
  ])
  return { client, serving, addressee, moveId, answerers, open }
}

/** The client of a move on the list of those that wait; null: the list has no such number. */
async function clientOfMove(tx: Queries, staffId: string, number: number): Promise<string | null> {
  const id = (await numbersOf(tx, staffId))[number - 1]
  const move = id ? await tx.tierChange.findUnique({ where: { id } }) : null
  return move?.clientId ?? null
}

/** 调查 and 询问 of whoever serves a client do not say whom. */
const whichDepartment = (client: Client, asked: Input, language: 'zh' | 'en'): Choice =>
  new Choice(
    {
      zh: `关于 ${client.name} 的问题，问哪个部门？`,
      en: `Which department is to answer about ${client.name}?`,
    } satisfies Text,
    DEPARTMENTS.map((each: Department) => ({
      label: departmentLabel(each, language),
      intent: {
        command: 'enquire',
        input: { ...asked, named: undefined, clientId: client.id, addressee: each },
      },
    })),
  )
