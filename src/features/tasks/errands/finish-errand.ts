import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import { Choice, Refusal } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { resolveClient } from '../../clients/resolve-client.ts'
import { errandsFinishedCard } from '../cards.ts'
import { linesFor, type TaskLine } from '../list/line-store.ts'
import { latestList } from '../list/store.ts'
import { refreshList } from '../list/today.ts'
import { refuseAll } from '../move/postpone-task.ts'
import { type FoundTasks, faultOf, findTasks } from '../outcomes/named-tasks.ts'
import { upcoming, upNextOf } from '../outcomes/up-next.ts'
import * as policy from '../policy.ts'
import { errand, type FinishedErrands } from './errand.ts'
import { isFinished } from './finished-words.ts'
import { closeErrands, type Errand, errandsWith } from './store.ts'

const input = z.object({
  taskId: z.uuid(),
  /** Those that are done with it. */
  also: z.array(z.uuid()).max(19).default([]),
})
type Input = z.infer<typeof input>

interface Facts extends FoundTasks {
  /** What comes after these on the list. */
  readonly upcoming: readonly TaskLine[]
}

/** What was to be done in particular is done: the client said nothing of which an outcome could be logged. */
export const finishErrand = command<Input, Facts, FinishedErrands>({
  name: 'finish-errand',
  may: policy.finishErrands,
  undoable: true,
  concurrency: ({ found }) => found.flatMap(({ task }) => task?.clientId ?? []),
  help: {
    usage: { zh: '3 办好了', en: '3 done' },
    purpose: {
      zh: '送合同、取流水这类自己排的或交办的事，办完就销',
      en: 'close something set in particular (bring the contract) once it is done',
    },
  },
  input,
  async load(tx, { taskId, also }, { who, at }) {
    const refs = [taskId, ...also].map((id) => ({ taskId: id }))
    const found = await findTasks(tx, refs, who)
    if (found instanceof Refusal) return found
    return { ...found, upcoming: await upcoming(tx, who.id, refs, at.today) }
  },
  decide({ found, numbers, upcoming: coming }, _input, { who }) {
    const faults = found.map(
      (each) => faultOf(each, numbers.length, who) ?? wantsOutcome(each.task),
    )
    const finished = found.flatMap(({ task }, index) => (task && !faults[index] ? task : []))
    const refused = faults.filter((fault) => fault !== null)
    return finished.length > 0
      ? { finished, refused, upNext: upNextOf(coming, finished, numbers) }
      : refuseAll(refused)
  },
  async save(tx, { finished }, context) {
    const ids = finished.map(({ id }) => id)
    await closeErrands(tx, ids, context.actId, context.at.now)
    refreshList(context)
  },
  reply: (decided, _facts, { at, who, shared }) =>
    errandsFinishedCard(decided, at, who.language, shared),
})

const wantsOutcome = (task: TaskLine | null): Text | null =>
  task && !errand(task)
    ? {
        zh: `${task.clientName} 这一件要说客户的答复，比如"${task.clientName} 再考虑"。`,
        en: `Say what came of the task of ${task.clientName}, for example "${task.clientName} thinking".`,
      }
    : null

/** Items of which it is not said what came of them, as far as they are read. */
const OPEN_ITEMS = z.object({
  items: z
    .array(
      z.object({
        task: z.number().optional(),
        named: z.string().optional(),
        outcome: z.null(),
        note: z.string(),
      }),
    )
    .min(1),
})

/**
 * What is meant by outcomes that are not said (`askedInVain`) where the words say that errands are done: to close
 * them, or which of several; null: something else.
 */
export async function finishedErrands(
  tx: Queries,
  said: unknown,
  asker: Asker,
): Promise<Intent | Choice | null> {
  const items = OPEN_ITEMS.safeParse(said).data?.items ?? []
  const meant: (readonly Errand[])[] = []
  for (const { note, ...whose } of items) {
    const among = await errandsOf(tx, whose, asker)
    meant.push(among.filter((errand) => isFinished(note, errand.note)))
  }
  const [several = []] = meant
  if (meant.length === 1 && several.length > 1) return whichOf(several)
  if (meant.some((errands) => errands.length !== 1)) return null
  // 1 2 办好了: the client's call, and the errand itself.
  const [first, ...also] = new Set(meant.flatMap((errands) => errands.map(({ id }) => id)))
  return first ? finishes(first, also) : null
}

const finishes = (taskId: string, also: readonly string[] = []): Intent => ({
  command: 'finish-errand',
  input: { taskId, also },
})

/** The errand of that number, else those with its client, or with the client of that name. */
async function errandsOf(
  tx: Queries,
  {
    task: number,
    named,
  }: { readonly task?: number | undefined; readonly named?: string | undefined },
  asker: Asker,
): Promise<readonly Errand[]> {
  const { who } = asker
  const serves = [who.id, ...who.standsInFor]
  if (!number) {
    if (!named) return []
    const client = await resolveClient(
      tx,
      asker,
      { named },
      { command: 'client', input: { named } },
    )
    return 'id' in client ? errandsWith(tx, [client.id], serves) : []
  }
  const id = (await latestList(tx, who.id))?.items[number - 1]
  const [task] = id ? await linesFor(tx, { readerId: who.id, ids: [id] }) : []
  const errands = task ? await errandsWith(tx, [task.clientId], serves) : []
  const own = errands.filter((errand) => errand.id === id)
  return own.length > 0 ? own : errands
}

const whichOf = (errands: readonly Errand[]): Choice =>
  new Choice(
    {
      zh: `${errands[0]?.clientName} 有 ${errands.length} 件要办的事，办好的是哪一件？`,
      en: `There are ${errands.length} things to be done for ${errands[0]?.clientName}. Which one is done?`,
    },
    errands.map(({ id, note }) => ({ label: note || '—', intent: finishes(id) })),
  )
