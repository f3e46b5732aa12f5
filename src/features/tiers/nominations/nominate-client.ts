import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { until } from '../../../bot/grammar/slots/kinds/until.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { tail } from '../../../bot/grammar/slots/labels/tail.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import type { Asker } from '../../../bot/policy.ts'
import { addMonths } from '../../../core/calendar/time.ts'
import { refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import {
  type ClientRef,
  clientRef,
  nobodyCalledSo,
  resolveClient,
} from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { answerAfter, answerFor, type Known } from '../answer/answer.ts'
import { colleaguesOf } from '../approvals/approvers-store.ts'
import { askOthers } from '../approvals/ask-others.ts'
import { saveFacts } from '../entry/store.ts'
import * as policy from '../policy.ts'
import { retier } from '../retier.ts'
import { namedCard, releasedCard } from './cards.ts'
import { MOST_YEARS, NAMED_FACT, type Nomination, nominatingRole } from './rules.ts'
import { endNominations, nameClients } from './store.ts'

const input = z.object({
  ...clientRef,
  reason: z.string().trim().min(1, '请写理由。 Please give the reason.').max(500),
  evidence: z
    .string()
    .trim()
    .max(500)
    .nullable()
    .default(null)
    .transform((value) => value || null),
  until: dayField,
})
type Input = z.infer<typeof input> & ClientRef

interface Facts {
  readonly client: Client
  readonly known: Known
  /** The department's own nomination in force. */
  readonly before: Nomination | null
  /** Who may approve what comes of it: the others of the department. */
  readonly colleagues: readonly string[]
}

interface Named extends Facts {
  readonly nomination: Nomination
}

const load =
  (name: string) =>
  async (tx: Queries, said: ClientRef, { who, reach, at }: Context & Asker) => {
    const client = await resolveClient(tx, { who, reach }, said, { command: name, input: said })
    if (!('id' in client)) return client
    const known = await answerFor(tx, client, { who, at })
    const own = known.answer.nominations.filter(({ role }) => role === nominatingRole(who.role))
    const colleagues = await colleaguesOf(tx, nominatingRole(who.role), who.id)
    return { client, known, before: own.find(({ ended }) => !ended) ?? null, colleagues }
  }

/** "张三 连续亏损 证据:三季报 至 2027-03-31"; what is missing is asked for. */
const NOMINATION_SLOTS = [
  client('named', { alone: true }),
  until('until', { required: true }),
  tail('evidence', /[\s,;。]*(?:证据|佐证|材料|evidence)\s*:?\s*(?=.)/i),
  words('reason', ({ zh, en }) => ({
    zh: `为什么指定 ${zh}？请写理由。`,
    en: `Why is ${en} named? Give the reason.`,
  })),
]

/** One command for each department: marketing names for E, risk for F. */
const nameFor = (
  name: string,
  role: 'marketing' | 'risk',
  said: readonly string[],
  help: Parameters<typeof command>[0]['help'],
) =>
  command<Input, Facts, Named>({
    name,
    may: role === 'risk' ? policy.nominateForExit : policy.nominateForAdjustment,
    help,
    phrases: phrase({ words: said }, ...NOMINATION_SLOTS),
    input,
    askedInVain: nobodyCalledSo,
    load: load(name),
    decide(facts, { reason, evidence, until }, { who, at }) {
      if (facts.client.kind !== 'existing') {
        return refuse(
          `${facts.client.name} 是潜在客户，只有存量客户可以指定。`,
          `${facts.client.name} is a prospect; only existing clients are named.`,
        )
      }
      const latest = addMonths(at.today, 12 * MOST_YEARS)
      if (!until || until <= at.today || until > latest) {
        return refuse(
          `到期日应在明天到 ${latest} 之间。`,
          `The last day must lie between tomorrow and ${latest}.`,
        )
      }
      const nomination = {
        role,
        by: who.name,
        reason,
        evidence,
        namedOn: at.today,
        until,
        ended: null,
      }
      return { ...facts, nomination }
    },
    async save(tx, { client, known, nomination }, context) {
      const { who, at, actId } = context
      const { reason, evidence, until } = nomination
      const by = { staffId: who.id, actId, today: at.today, now: at.now }
      await nameClients(tx, role, [{ clientId: client.id, reason, evidence, until }], by)
      await noteFact(tx, client, known, role, true, { who, at, actId })
      await retier(tx, [client.id], at.today)
      await askOthers(tx, [client.id], context)
    },
    reply: ({ known, nomination, colleagues }) =>
      namedCard(after(known, role, true, nomination), nomination, colleagues),
  })

export const nameForAdjustment = nameFor('name-adjust', 'marketing', ['指定调整', 'name adjust'], {
  usage: {
    zh: '指定调整 张三 连续亏损 至 2027-03-31',
    en: 'name adjust Zhang losses until 2027-03-31',
  },
  purpose: {
    zh: '营销部门指定客户进入 E 调整，写明理由和到期日；可加"证据：…"',
    en: 'marketing names a client for E, with reason and last day; "evidence: …" may follow',
  },
})

export const nameForExit = nameFor('name-exit', 'risk', ['指定退出', '指定淘汰', 'name exit'], {
  usage: { zh: '指定退出 张三 涉诉 至 2027-03-31', en: 'name exit Zhang lawsuit until 2027-03-31' },
  purpose: {
    zh: '风险部门指定客户进入 F 淘汰，写明理由和到期日；可加"证据：…"',
    en: 'risk names a client for F, with reason and last day; "evidence: …" may follow',
  },
})

/** Ends the nomination of one's own department before it lapses. */
export const releaseClient = command<ClientRef, Facts, Facts>({
  name: 'release',
  may: policy.release,
  help: {
    usage: { zh: '解除指定 张三', en: 'release Zhang' },
    purpose: { zh: '提前解除本部门的指定', en: "end your department's naming before it lapses" },
  },
  phrases: phrase(
    { words: ['解除指定', '取消指定', 'release'], strict: true },
    client('named', { alone: true }),
  ),
  input: z.object(clientRef),
  load: load('release'),
  decide: (facts) =>
    facts.before
      ? facts
      : refuse(
          `${facts.client.name} 没有本部门的指定。`,
          `Your department has not named ${facts.client.name}.`,
        ),
  async save(tx, { client, known }, context) {
    const { who, at, actId } = context
    const role = nominatingRole(who.role)
    await endNominations(tx, role, [client.id], who.id, at.now)
    await noteFact(tx, client, known, role, false, { who, at, actId })
    await retier(tx, [client.id], at.today)
    await askOthers(tx, [client.id], context)
  },
  reply: ({ known, colleagues }, _facts, { who }) =>
    releasedCard(after(known, nominatingRole(who.role), false, null), colleagues),
})

/** The fact's own history says who named or released the client. */
async function noteFact(
  tx: Queries,
  client: Client,
  { facts }: Known,
  role: Nomination['role'],
  value: boolean,
  { who, at, actId }: Pick<Context, 'who' | 'at' | 'actId'>,
): Promise<void> {
  const fact = NAMED_FACT[role]
  const before = facts[fact] ?? null
  if (before === value) return
  await saveFacts(tx, client.id, [{ fact, before, after: value }], { who, actId, at })
}

function after(
  known: Known,
  role: Nomination['role'],
  value: boolean,
  nomination: Nomination | null,
) {
  const { answer, facts } = known
  const fact = NAMED_FACT[role]
  const others = answer.nominations.filter((each) => each.role !== role)
  const change = { fact, before: facts[fact] ?? null, after: value }
  return {
    ...answerAfter(known, [change]),
    nominations: nomination ? [...others, nomination] : others,
  }
}
