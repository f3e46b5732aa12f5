import { sayYuan } from '../../../core/money.ts'
import { type OutcomeKinds, SILENCES } from '../../../core/outcome.ts'
import type { Actor } from '../../../core/staff.ts'
import { type Language, speaker, type Text } from '../../../core/text.ts'
import { outcomeLabel } from '../labels.ts'
import type { TaskLine } from '../list/line-store.ts'
import { type FoundTask, faultOf } from '../outcomes/named-tasks.ts'
import { workTask } from '../policy.ts'
import type { LoggedOutcome } from './logged-outcome.ts'

/** What is said of a task. */
interface Said {
  readonly outcome: string
  readonly amount: number | null
  readonly product: string | null
  readonly nextDate: string | null
  readonly nextTime: string | null
  readonly note: string | null
}

/** What becomes of what is said: it is logged, for a task that it closes or not, or why it is not. */
export type Verdict =
  | { readonly fault: Text }
  | { readonly task: TaskLine; readonly closes: boolean; readonly was: LoggedOutcome | null }

interface About {
  readonly found: FoundTask
  /** What was logged today for the task; null: nothing that counts. */
  readonly logged: LoggedOutcome | null
  /** Whether the client of a task of somebody else is seen at least. */
  readonly seen: boolean
  /** How many the list has. */
  readonly listed: number
  readonly kinds: OutcomeKinds
}

/** A do-not-contact is taken whatever was said before; another outcome, of an open task or to correct. */
export function verdictOn(said: Said, about: About, who: Actor): Verdict {
  const { found, listed, kinds } = about
  const { task } = found
  if (found.contact && task) return withoutTask(said, task)
  const fault = faultOf(found, listed, who)
  if (!task) return { fault: fault ?? NOBODY }
  if (said.outcome === SILENCES) return onSilence(said, task, about, fault, who)
  const { logged } = about
  if (task.status === 'open') return fault ? { fault } : open(task)
  if (!fault || !logged || workTask.judge(who, task)) return { fault: fault ?? NOBODY }
  if (!mayCorrect(who, task, logged) || saysTheSame(said, logged)) {
    return { fault: standsAlready(found, logged, kinds, who) }
  }
  if (task.doNotContact !== null) return { fault: silenced(task) }
  if (logged.builtUpon) return { fault: workedOn(task, logged, kinds) }
  return { task, closes: true, was: logged }
}

/** Who calls in is logged, whether a task waited for it or not. */
function withoutTask(said: Said, task: TaskLine): Verdict {
  if (task.doNotContact !== null) {
    return { fault: said.outcome === 'do-not-contact' ? silencedAlready(task) : silenced(task) }
  }
  return { task, closes: false, was: null }
}

/** What was logged today can be corrected by who logged it, or by whose task or client it is. */
export const mayCorrect = (who: Actor, task: TaskLine, logged: LoggedOutcome): boolean =>
  [logged.staffId, task.managerId, logged.ownerId].includes(who.id)

function onSilence(
  said: Said,
  task: TaskLine,
  { found, logged, seen, kinds }: About,
  fault: Text | null,
  who: Actor,
): Verdict {
  if (fault && !seen && workTask.judge(who, task)) return { fault }
  if (task.doNotContact !== null) {
    const same = logged && saysTheSame(said, logged)
    return { fault: same ? standsAlready(found, logged, kinds, who) : silencedAlready(task) }
  }
  // A complaint stays to be settled.
  if (task.status === 'open') return { task, closes: task.kind !== 'complaint', was: null }
  const corrects =
    logged && !workTask.judge(who, task) && mayCorrect(who, task, logged) && !logged.builtUpon
  return { task, closes: Boolean(corrects), was: corrects ? logged : null }
}

/** A complaint is settled by what the client says of it, and not by an outcome. */
const open = (task: TaskLine): Verdict =>
  task.kind === 'complaint'
    ? {
        fault: {
          zh: `${task.clientName} 这件是投诉，处理好后发"投诉 结 ${task.clientName} 客户的答复"；还在处理就"改期"。`,
          en: `This one of ${task.clientName} is a complaint: when it is settled say "complaint close ${task.clientName}" and what the client said, or postpone it.`,
        },
      }
    : { task, closes: true, was: null }

/** Nothing new is said: the same outcome, and nothing beside it that is not on file. */
const saysTheSame = (said: Said, logged: LoggedOutcome): boolean =>
  said.outcome === logged.kind &&
  (said.amount === null || said.amount === logged.amount) &&
  (said.product === null || said.product === logged.product) &&
  (said.nextDate === null || said.nextDate === logged.agreedOn) &&
  (said.nextTime === null || said.nextTime === logged.agreedAt) &&
  (said.note === null || said.note === logged.note)

/** An outcome as it is named in an answer: 有意向 50万 "二楼". */
export function outcomeWords(
  { kind, amount, note }: Pick<LoggedOutcome, 'kind' | 'amount' | 'note'>,
  kinds: OutcomeKinds,
  language: Language,
): string {
  const money = amount && sayYuan(amount, language)
  return [outcomeLabel(kinds, kind, speaker(language)), money, note && `"${note}"`]
    .filter(Boolean)
    .join(' ')
}

const zh = speaker('zh')
const en = speaker('en')

function standsAlready(
  { number, task }: FoundTask,
  logged: LoggedOutcome,
  kinds: OutcomeKinds,
  who: Actor,
): Text {
  const client = task?.clientName ?? ''
  const mine = logged.staffId === who.id
  return {
    zh: `${number ? `第 ${number} 件（${client}）` : `${client} 这一件`}${mine ? '您已经登记过' : `已由${logged.by}登记`}：${outcomeWords(logged, kinds, 'zh')}，没有重复登记。`,
    en: `${mine ? 'You' : logged.by} logged ${number ? `number ${number} (${client})` : `the task of ${client}`} already: ${outcomeWords(logged, kinds, 'en')}. Nothing was logged twice.`,
  }
}

const silenced = ({ clientName, doNotContact }: TaskLine): Text => ({
  zh: `${clientName} 已设勿扰（${doNotContact}），不能再改成别的结果。客户同意恢复联系时，发"可联系 ${clientName} 理由"。`,
  en: `${clientName} asked not to be contacted (${doNotContact}), and another outcome does not lift that. When they agree again say "may contact ${clientName} reason".`,
})

const silencedAlready = ({ clientName, doNotContact }: TaskLine): Text => ({
  zh: `${clientName} 已设勿扰（${doNotContact}），不用再登记。要恢复请说"可联系 ${clientName} 理由"。`,
  en: `${clientName} is marked "do not contact" already (${doNotContact}). To lift it say "may contact ${clientName} reason".`,
})

const workedOn = ({ clientName }: TaskLine, logged: LoggedOutcome, kinds: OutcomeKinds): Text => ({
  zh: `${clientName} 登记"${outcomeLabel(kinds, logged.kind, zh)}"之后已有新的进展，不能再改；请发"今日"，把结果登记在后来的那一件上。`,
  en: `Something was done for ${clientName} after "${outcomeLabel(kinds, logged.kind, en)}" was logged, so it stays. Say "today" and log the outcome on the task that came after.`,
})

const NOBODY: Text = {
  zh: '这件任务不在您名下。发"今日"看您的任务。',
  en: 'This task is not yours. Say "today" for your tasks.',
}
