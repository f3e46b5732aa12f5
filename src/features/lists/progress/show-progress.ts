import { z } from 'zod'
import { command, query } from '../../../bot/command.ts'
import { type Reading, wholeLine } from '../../../bot/grammar/reading.ts'
import { scopeOf } from '../../../bot/policy.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import * as policy from '../policy.ts'
import type { TargetList } from '../rules.ts'
import { listMeant, listsSeenBy } from '../store.ts'
import { isIdle, listsCard, progressCard, reminderText } from './cards.ts'
import { leftOut, type Progress, progressOf } from './store.ts'

/** Which list; null: the latest. */
const input = z.object({ name: z.string().trim().min(1).max(40).nullable().default(null) })
type Input = z.infer<typeof input>

export const readName = (rest: string): Reading<{ name: string | null }> =>
  /\s/.test(rest) ? { kind: 'no' } : { kind: 'understood', input: { name: rest || null } }

/** `名单`: those that one sees. */
export const showLists = query<unknown, readonly TargetList[]>({
  name: 'lists',
  may: policy.seeLists,
  help: {
    usage: { zh: '名单', en: 'lists' },
    purpose: { zh: '分下去的名单', en: 'lists that were shared out' },
  },
  phrases: { words: ['名单', '我的名单', 'lists'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, asker) => listsSeenBy(tx, asker),
  reply: (lists, _input, { who, at }) =>
    listsCard(lists, { today: at.today, language: who.language }),
})

/** A list's name behind 名单, where that begins no other command: 名单 春茶. */
const NAMED = /^(?:名单|lists?) (?=\S+$)/i

interface Facts {
  readonly list: TargetList
  readonly people: readonly Progress[]
}

/** `名单 进度 春茶`: who has done what. */
export const showProgress = query<
  Input,
  Facts & { readonly left: Awaited<ReturnType<typeof leftOut>> }
>({
  name: 'list-progress',
  may: policy.seeLists,
  concurrency: 'long',
  help: {
    usage: { zh: '名单 进度 春茶', en: 'list progress Tea' },
    purpose: {
      zh: '名单办到哪里：每人分到、已办、触达、意向、申请、放款，没动的也列出',
      en: 'how far a list is: each manager with what was given, done, reached and so on, zeros too',
    },
  },
  phrases: {
    words: ['名单 进度', '名单进度', 'list progress'],
    shape: NAMED,
    read: (rest) => readName(rest.replace(NAMED, '')),
  },
  input,
  async load(tx, { name }, asker) {
    const list = await listMeant(tx, asker, name)
    if (list instanceof Refusal) return list
    const [people, left] = [
      await progressOf(tx, list.id, scopeOf(asker)),
      await leftOut(tx, list.id),
    ]
    return { list, people, left }
  },
  reply({ list, people, left }, _input, { who, at }) {
    const leads = who.role !== 'manager'
    return progressCard(list, people, left, leads, { today: at.today, language: who.language })
  },
})

/** One tap: whoever has done nothing of a list yet hears of it. */
export const remindList = command<Input, Facts, Facts>({
  name: 'remind-list',
  may: policy.changeList,
  help: {
    usage: { zh: '名单 提醒 春茶', en: 'list remind Tea' },
    purpose: { zh: '提醒名单一件没动的人', en: 'remind those who have done nothing of a list' },
  },
  phrases: { words: ['名单 提醒', '名单提醒', 'list remind'], read: readName },
  input,
  async load(tx, { name }, asker) {
    const list = await listMeant(tx, asker, name)
    if (list instanceof Refusal) return list
    return { list, people: (await progressOf(tx, list.id, scopeOf(asker))).filter(isIdle) }
  },
  decide: (facts) =>
    facts.list.recalledAt !== null || facts.people.length === 0
      ? refuse(
          '没有要提醒的人：都动了，或名单已收回。',
          'There is nobody to remind: everybody has begun, or the list was recalled.',
        )
      : facts,
  async save(_tx, { list, people }, { who, at, tell }) {
    await Promise.all(
      people.map(({ staffId, open }) =>
        tell(staffId, (language) =>
          textCard(reminderText(who.name, { ...list, open }, at.today, language)),
        ),
      ),
    )
  },
  reply: ({ people }, _facts, { say }) =>
    textCard(
      say(
        `已提醒 ${people.length} 人：${people.map(({ name }) => name).join('、')}。`,
        `${people.length} reminded: ${people.map(({ name }) => name).join(', ')}.`,
      ),
    ),
})
