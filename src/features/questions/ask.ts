import { type Context, query } from '../../bot/command.ts'
import { type Asker, scopeOf } from '../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { filteredOf } from '../clients/filter/store.ts'
import { missingOn } from '../completeness/store.ts'
import { type Answered, answerCard, type Found } from './cards.ts'
import * as policy from './policy.ts'
import { MAY_ASK, readQuestion } from './read-question.ts'
import { withNames } from './resolve-names.ts'
import { type Question, question, withTime } from './rules.ts'
import type { Asked } from './sources/store.ts'
import { countOf, linesOf, partsOf, peopleOf, unitsOf } from './store.ts'

/** What people ask of clients, tasks, what was done, needs and referrals: a list, a count, a sum, or parts of it. */
export const ask = query<Question, Answered>({
  name: 'ask',
  may: policy.ask,
  // A whole bank takes a second or more.
  concurrency: 'long',
  help: {
    usage: {
      zh: 'A类有哪些 · 这周到期的授信 · 谁还没登记',
      en: 'which clients are A · who has not logged today',
    },
    purpose: {
      zh: '直接问：客户、任务、登记、需求、转介，加上条件（分层、用信、到期、区域、集群、多少天未联系…）',
      en: 'just ask: clients, tasks, entries, needs, referrals, with conditions (tier, usage, end of credit, region, days without contact …)',
    },
  },
  phrases: { words: [], shape: MAY_ASK, read: readQuestion },
  input: question,
  load,
  reply: (answered) => answerCard(answered),
})

async function load(
  tx: Queries,
  said: Question,
  context: Context & Asker,
): Promise<Answered | Refusal | Choice> {
  const { who, at, shared, reach } = context
  if (reach === 'own book' && (said.whose === 'team' || said.none)) {
    return refuse(
      '您可以问自己的客户、任务和登记；全队的请问主管。',
      'You can ask about your own clients, tasks and entries; ask your lead about the team.',
    )
  }
  const heard = await withNames(tx, context, withTime(said))
  if (heard instanceof Refusal || heard instanceof Choice) return heard
  const named = (await meansUnit(tx, heard, context)) ? { ...heard, whose: null } : heard
  const whose = named.whose === 'me' ? { people: [{ id: who.id, name: who.name }] } : named.whose
  const meant: Question = { ...named, whose }
  const asksForFile = meant.where.some(({ by }) => by === 'complete')
  const asked: Asked = {
    question: meant,
    scope: scopeOf({ who, reach }),
    base:
      whose && typeof whose === 'object' && 'path' in whose
        ? whose.path
        : baseOf(who.unitPath, reach),
    about: {
      today: at.today,
      timezone: at.timezone,
      missing: asksForFile ? await missingOn(tx, at.today) : null,
    },
  }
  const own =
    whose !== null && typeof whose === 'object' && 'people' in whose && whose.people.length === 1
  return {
    question: named,
    found: await findAnswer(tx, asked),
    told: {
      ...{ today: at.today, catalogue: at.catalogue, kinds: at.kinds, language: who.language },
      reach: await reachNamed(tx, named, context),
    },
    shared,
    several: reach !== 'own book' && !own,
  }
}

/** `我的客户` of somebody who answers for others and has none of their own: those of the unit. */
const meansUnit = async (
  tx: Queries,
  { of, whose }: Question,
  { who, reach }: Asker,
): Promise<boolean> =>
  of === 'clients' &&
  whose === 'me' &&
  reach === 'unit below' &&
  (await tx.client.findFirst({ where: { ownerId: who.id }, select: { id: true } })) === null

/** The whole bank's parts are those of its head office. */
const baseOf = (unitPath: string, reach: Asker['reach']): string =>
  reach === 'bank' ? `/${unitPath.split('/')[1]}/` : unitPath

/** What is counted where the question names nobody: one's own, that of one's unit, the bank's. */
async function reachNamed(
  tx: Queries,
  { whose }: Question,
  { who, reach }: Asker,
): Promise<{ zh: string; en: string }> {
  if (reach === 'own book' || whose === 'me') return { zh: '我的', en: 'my' }
  if (reach === 'bank') return { zh: '全行', en: "the bank's" }
  const unit = await tx.unit.findUnique({ where: { id: who.unitId }, select: { name: true } })
  return { zh: `${unit?.name ?? ''}的`, en: `${unit?.name ?? ''}'s` }
}

async function findAnswer(tx: Queries, asked: Asked): Promise<Found> {
  const { as, by } = asked.question
  switch (by) {
    case 'manager': {
      const people = await peopleOf(tx, asked)
      return { kind: 'people', people, total: people[0]?.total ?? 0 }
    }
    case 'unit': {
      const parts = await unitsOf(tx, asked)
      return { kind: 'parts', parts: parts.map((part) => ({ ...part, name: part.name ?? '—' })) }
    }
    case null:
      break
    default:
      return { kind: 'parts', parts: await partsOf(tx, asked, by) }
  }
  if (as !== 'list') return { kind: 'count', found: await countOf(tx, asked) }
  const lines = await linesOf(tx, asked)
  const ids = asked.question.of === 'clients' ? lines.flatMap(({ clientId }) => clientId ?? []) : []
  const clients = ids.length > 0 ? await filteredOf(tx, ids, asked.about) : new Map()
  return { kind: 'lines', lines, total: lines[0]?.total ?? 0, clients }
}
