import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../bot/grammar/reading.ts'
import { textCard } from '../../core/card.ts'
import { Choice, type Refusal, refuse } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import type { Say } from '../../core/text.ts'
import { undoButton } from '../../core/undo-button.ts'
import type { Queries } from '../../infra/database/index.ts'
import { industryOf } from '../registers/industries.ts'
import { namedWithRegister, REGISTER_LABELS } from '../registers/labels.ts'
import { REGISTERS, type Register } from '../registers/rules.ts'
import { matchNames, nearNames } from '../registers/store.ts'
import * as policy from './policy.ts'
import { MOST_AT_ONCE } from './rules.ts'
import {
  entriesNamed,
  entryById,
  holdRegisters,
  retierOf,
  type SettledEntry,
  settle,
  writtenOf,
} from './store.ts'

const name = z.string().trim().min(1).max(60)
const entryRef = {
  entryId: z.uuid().optional(),
  named: name.optional(),
  register: z.enum(REGISTERS).optional(),
}
const ownInput = z.object(entryRef)
const mergeInput = z.object({ ...entryRef, into: name })
type Ref = z.infer<typeof ownInput>

/** The entry that is meant; of several the person picks. One of the classification is nobody's to settle. */
async function entryMeant(
  tx: Queries,
  { entryId, named = '', register }: Ref,
  again: (entryId: string) => Intent,
): Promise<SettledEntry | Refusal | Choice> {
  const byId = entryId ? await entryById(tx, entryId) : null
  const found = byId
    ? [byId]
    : (await entriesNamed(tx, named)).filter((each) => !register || each.register === register)
  const open = found.filter(({ standard }) => !standard)
  const [entry, ...others] = open
  if (!entry) {
    const [standard] = found
    return standard
      ? refuse(
          `${standard.name}是国标行业，不用归类。`,
          `${standard.name} is an industry of the classification; there is nothing to settle.`,
        )
      : refuse(
          `区域、集群、行业里都没有"${named}"。说"待归类"看还有哪些。`,
          `No region, cluster or industry is called "${named}". Say "unsettled" to see what is open.`,
        )
  }
  if (others.length === 0) return entry
  return new Choice(
    { zh: `"${named}"是哪一个？`, en: `Which "${named}" is it?` },
    open.map((each) => ({
      label: `${REGISTER_LABELS[each.register].zh} ${REGISTER_LABELS[each.register].en} ${each.name}`,
      intent: again(each.id),
    })),
  )
}

interface Merge {
  readonly entry: SettledEntry
  readonly into: { readonly id: string; readonly name: string; readonly code: string | null }
  /** On whose files it stands. */
  readonly clients: number
}

/** `归并 老五金城 到 五金市场`: from now on the one is the other, on every client's file. */
export const mergeEntry = command<z.infer<typeof mergeInput>, Merge, Merge>({
  name: 'merge-entry',
  may: policy.keepPlaces,
  undoable: true,
  help: {
    usage: { zh: '归并 老五金城 到 五金市场', en: 'merge place Old Hardware into Hardware Market' },
    purpose: {
      zh: '客户档案上的写法就是登记册里的哪一个；可撤销',
      en: 'what stands on files is one entry of the register; can be undone',
    },
  },
  phrases: {
    words: ['归并', 'merge place'],
    lacks: asking({
      zh: '哪个归到哪个？比如 老五金城 到 五金市场。',
      en: 'Which belongs to which? For example Old Mall to Tool Market.',
    }),
    read: readMerge,
  },
  input: mergeInput,
  async load(tx, said) {
    const again = (entryId: string) => ({
      command: 'merge-entry',
      input: { entryId, into: said.into },
    })
    await holdRegisters(tx)
    const entry = await entryMeant(tx, said, again)
    if (!('id' in entry)) return entry
    const asCode = entry.register === 'industry' ? industryOf(said.into)?.name : undefined
    const [into] = await matchNames(tx, entry.register, [asCode ?? said.into])
    if (into) return { entry, into, clients: await writtenOf(tx, entry) }
    const { zh, en } = REGISTER_LABELS[entry.register]
    const near = (await nearNames(tx, entry.register, said.into)).filter(
      (each) => each !== entry.name,
    )
    return near.length > 0
      ? new Choice(
          {
            zh: `${zh}里没有"${said.into}"，是下面哪一个？`,
            en: `There is no ${en} "${said.into}". Which one is it?`,
          },
          near.map((label) => ({
            label,
            intent: { command: 'merge-entry', input: { entryId: entry.id, into: label } },
          })),
        )
      : refuse(
          `${zh}里没有"${said.into}"，没有归并。先登记它，或说"单列 ${entry.name}"。`,
          `There is no ${en} "${said.into}", so nothing was merged. Register it first, or say "keep place ${entry.name}".`,
        )
  },
  decide: (merge) =>
    merge.into.id === merge.entry.id
      ? refuse(
          `"${merge.entry.name}"就是它自己。要单独保留，说"单列 ${merge.entry.name}"。`,
          `"${merge.entry.name}" is itself. To keep it by itself say "keep place ${merge.entry.name}".`,
        )
      : merge,
  async save(tx, { entry, into }, { actId, at }) {
    await retierOf(tx, await settle(tx, entry.id, into, { actId, now: at.now }), at.today)
  },
  reply: ({ entry, into, clients }, _facts, { say }) =>
    textCard(
      say(
        `${entry.name} 就是${REGISTER_LABELS[entry.register].zh} ${into.name}，${clients} 位客户从现在起一起计。`,
        `${entry.name} is the ${REGISTER_LABELS[entry.register].en} ${into.name}; ${clients} clients count there from now on.`,
      ) + tiersFollow(entry.register, clients, say),
      {
        kind: 'buttons',
        buttons: [
          undoButton(say),
          { label: say('待归类', 'Unsettled'), intent: { command: 'unsettled', input: {} } },
        ],
      },
    ),
})

type Own = Pick<Merge, 'entry' | 'clients'>

/** When the tiers of the clients of an industry follow what it is the same as; of what else nothing hangs on it. */
function tiersFollow(register: Register, clients: number, say: Say): string {
  if (register !== 'industry' || clients === 0) return ''
  return clients <= MOST_AT_ONCE
    ? say('他们的分层已按此判定。', ' Their tiers were decided by it.')
    : say('客户较多，分层今晚判定。', ' They are many: their tiers are decided tonight.')
}

/** `单列 城东`: it is one of its own. */
export const ownEntry = command<Ref, Own, Own>({
  name: 'own-entry',
  may: policy.keepPlaces,
  undoable: true,
  help: {
    usage: { zh: '单列 城东', en: 'keep place East' },
    purpose: {
      zh: '档案上的这个写法自成一个区域、集群或行业；可撤销',
      en: 'what stands on files is a region, cluster or industry of its own; can be undone',
    },
  },
  phrases: {
    words: ['单列', 'keep place'],
    lacks: asking({ zh: '哪一个区域、行业或集群？', en: 'Which region, industry or cluster?' }),
    read: (rest) => (rest ? { kind: 'understood', input: readRef(rest) } : { kind: 'no' }),
  },
  input: ownInput,
  async load(tx, said) {
    const again = (entryId: string) => ({ command: 'own-entry', input: { entryId } })
    const entry = await entryMeant(tx, said, again)
    return 'id' in entry ? { entry, clients: await writtenOf(tx, entry) } : entry
  },
  decide: (own) => own,
  async save(tx, { entry }, { actId, at }) {
    await retierOf(tx, await settle(tx, entry.id, null, { actId, now: at.now }), at.today)
  },
  reply: ({ entry: { name: kept, register }, clients }, _facts, { say }) =>
    textCard(
      say(
        `${kept} 单独作为一个${REGISTER_LABELS[register].zh}。`,
        `${kept} is a ${REGISTER_LABELS[register].en} of its own.`,
      ) + tiersFollow(register, clients, say),
      {
        kind: 'buttons',
        buttons: [
          undoButton(say),
          { label: say('待归类', 'Unsettled'), intent: { command: 'unsettled', input: {} } },
        ],
      },
    ),
})

const INTO = /^(.+?)\s*(?:归?到|并到|=|\binto\b)\s*(.+)$/i

/** "老五金城 到 五金市场", "区域 东区 城东"; of one alone it is asked what it is. */
function readMerge(rest: string): Reading<z.input<typeof mergeInput>> {
  if (rest === '') return { kind: 'no' }
  const ref = readRef(rest)
  const apart = ref.register && !/\s/.test(ref.named ?? '') ? null : rest.match(/^(.+)\s(\S+)$/)
  const [, said, into] = rest.match(INTO) ?? apart ?? []
  if (said && into) return { kind: 'understood', input: { ...readRef(said), into } }
  const { named } = ref
  const question = {
    zh: `"${named}"归并到哪一个？写登记册里的名称；要单独保留就说"单列 ${named}"。`,
    en: `What is "${named}" to be merged into? Give the name on the register; to keep it by itself say "keep place ${named}".`,
  }
  return {
    kind: 'asks',
    input: { ...ref, into: '' },
    doubts: [{ question, slots: ['into'], expects: 'text' }],
  }
}

/** "行业 火锅城", "火锅城". */
function readRef(said: string): Ref {
  const found = namedWithRegister(said)
  return found?.apart ? { register: found.register, named: found.named } : { named: said.trim() }
}
