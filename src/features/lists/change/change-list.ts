import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { scopeOf } from '../../../bot/policy.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { findMember } from '../../staff/resolve-colleague.ts'
import type { Named } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import type { Receiver, TargetList } from '../rules.ts'
import { receiversNamed } from '../share-out/receivers.ts'
import { listMeant } from '../store.ts'
import { openParts, passOn, recall } from './store.ts'

const name = z.string().trim().min(1).max(40)

interface Recalled {
  readonly list: TargetList
  /** Whose part; null: everybody's. */
  readonly of: Named | null
  readonly whole: boolean
  readonly scope: ReturnType<typeof scopeOf>
  readonly parts: Awaited<ReturnType<typeof openParts>>
}

/** `名单 收回 春茶`, `名单 收回 春茶 M001`: what is not done yet is taken back. */
export const recallList = command<{ name: string; of?: string | undefined }, Recalled, Recalled>({
  name: 'recall-list',
  may: policy.recallList,
  help: {
    usage: {
      zh: '名单 收回 春茶 / 名单 收回 春茶 M001',
      en: 'recall list Tea / recall list Tea M001',
    },
    purpose: {
      zh: '收回名单里还没办的，全部或一个人的',
      en: 'take back what of a list is not done yet, of all or of one',
    },
  },
  phrases: {
    words: ['名单 收回', '名单收回', '收回名单', 'recall list', 'list recall'],
    lacks: asking({ zh: '哪份名单？', en: 'Which list?' }),
    read(rest): Reading<{ name: string; of?: string }> {
      const [named = '', of, ...more] = rest.split(/\s+/)
      if (!named || more.length > 0) return { kind: 'no' }
      return { kind: 'understood', input: { name: named, ...(of && { of }) } }
    },
  },
  input: z.object({ name, of: name.optional() }),
  async load(tx, asked, asker) {
    const list = await listMeant(tx, asker, asked.name)
    if (list instanceof Refusal) return list
    const of = asked.of === undefined ? null : await findMember(tx, asker, asked.of)
    if (of instanceof Refusal) return of
    const scope = scopeOf(asker)
    return {
      list,
      of,
      whole: of === null,
      scope,
      parts: await openParts(tx, list.id, of?.id ?? null, scope),
    }
  },
  decide: (facts) =>
    facts.list.recalledAt !== null || facts.parts.length === 0 ? nothingOpen(facts.list) : facts,
  save: async (tx, { list, of, scope, parts }, { who, at, actId, tell }) => {
    await recall(tx, list.id, of?.id ?? null, { scope, actId, now: at.now })
    await Promise.all(
      parts
        .filter(({ staffId }) => staffId !== who.id)
        .map(({ staffId, clients }) =>
          tell(staffId, (language) =>
            textCard(
              language === 'zh'
                ? `${who.name}收回了名单"${list.name}"里您还没办的 ${clients} 户。`
                : `${who.name} took back the ${clients} clients of the list "${list.name}" that you had not done yet.`,
            ),
          ),
        ),
    )
  },
  reply: ({ list, of, parts }, _facts, { say }) => {
    const clients = parts.reduce((sum, each) => sum + each.clients, 0)
    return textCard(
      say(
        `已收回名单"${list.name}"${of ? ` ${of.name} 的` : ''} ${clients} 户；办过的照旧计入进度。`,
        `${clients} clients of the list "${list.name}"${of ? ` of ${of.name}` : ''} are taken back; what was done still counts.`,
      ),
    )
  },
})

interface Passed {
  readonly list: TargetList
  readonly of: Named
  readonly receivers: readonly Receiver[]
  readonly scope: ReturnType<typeof scopeOf>
  readonly clients: number
}

/** `名单 转派 春茶 M001 给 M002 M003`: what somebody has not done yet goes to others, in turn. */
export const passListOn = command<{ name: string; of: string; audience: string }, Passed, Passed>({
  name: 'pass-list-on',
  may: policy.changeList,
  undoable: true,
  help: {
    usage: { zh: '名单 转派 春茶 M001 给 M002 M003', en: 'reassign list Tea M001 to M002 M003' },
    purpose: {
      zh: '把一个人名单里还没办的平均转给别人，请假的跳过；可撤销',
      en: 'give what somebody has not done of a list to others in turn, whoever is away left out; can be undone',
    },
  },
  phrases: {
    words: ['名单 转派', '名单转派', '名单 重分', 'reassign list', 'list reassign'],
    lacks: asking({
      zh: '哪份名单、谁的、给谁？比如 春茶 M001 给 M002。',
      en: 'Which list, whose rows, and to whom? For example Tea M001 to M002.',
    }),
    read(rest): Reading<{ name: string; of: string; audience: string }> {
      const said = rest.match(
        /^(?<name>\S+)\s+(?<of>\S+?)\s*(?:给|到|\bto\b)\s*(?<audience>\S.*)$/iu,
      )?.groups
      return said
        ? {
            kind: 'understood',
            input: {
              name: said['name'] ?? '',
              of: said['of'] ?? '',
              audience: said['audience'] ?? '',
            },
          }
        : { kind: 'no' }
    },
  },
  input: z.object({ name, of: name, audience: z.string().trim().min(1).max(500) }),
  async load(tx, asked, asker) {
    const list = await listMeant(tx, asker, asked.name)
    if (list instanceof Refusal) return list
    const of = await findMember(tx, asker, asked.of)
    if (of instanceof Refusal) return of
    const named = await receiversNamed(tx, asked.audience, asker)
    if (named instanceof Refusal) return named
    const receivers = named.filter(({ id, away }) => id !== of.id && !away)
    const scope = scopeOf(asker)
    const [part] = await openParts(tx, list.id, of.id, scope)
    return { list, of, receivers, scope, clients: part?.clients ?? 0 }
  },
  decide: (facts) => {
    if (facts.list.recalledAt !== null || facts.clients === 0) return nothingOpen(facts.list)
    return facts.receivers.length === 0
      ? refuse(
          '要转给的人都不在岗，没有转派。请换人。',
          'None of those named is at work; nothing was reassigned. Name others.',
        )
      : facts
  },
  async save(tx, { list, of, receivers, scope }, { who, at, actId, tell }) {
    const ids = receivers.map(({ id }) => id)
    await passOn(tx, list.id, of.id, ids, { scope, actId, now: at.now })
    await Promise.all(
      [of.id, ...ids]
        .filter((id) => id !== who.id)
        .map((id) =>
          tell(id, (language) =>
            textCard(
              language === 'zh'
                ? `${who.name}把名单"${list.name}"里 ${of.name} 还没办的转给了 ${receivers.map((each) => each.name).join('、')}。`
                : `${who.name} gave what ${of.name} had not done of the list "${list.name}" to ${receivers.map((each) => each.name).join(', ')}.`,
            ),
          ),
        ),
    )
  },
  reply: ({ list, of, receivers, clients }, _facts, { say }) => {
    const names = receivers.map((each) => each.name)
    return textCard(
      say(
        `已把名单"${list.name}"里 ${of.name} 还没办的 ${clients} 户转给 ${names.join('、')}。`,
        `${clients} clients of the list "${list.name}" went from ${of.name} to ${names.join(', ')}.`,
      ),
    )
  },
})

const nothingOpen = ({ name }: TargetList): Refusal =>
  refuse(
    `名单"${name}"里没有还没办的，不用收回或转派。`,
    `Nothing of the list "${name}" is open; there is nothing to take back or reassign.`,
  )
