import type { Phrases } from '../../../bot/command.ts'
import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { opt, rest } from '../../../bot/grammar/slots/fill.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { atTime, onDay } from '../../../bot/grammar/slots/kinds/when.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { NOT_MEANT, type Slot } from '../../../bot/grammar/slots/slot.ts'
import { MAY_PLAN, readPlanned } from './planned-words.ts'

/** 打电话 says nothing beside an outcome; here it is what is to be done. */
const ALL_LEFT = words('note', () => ({ zh: '', en: '' }))
const LEADS_ON = /(?:\s(?:on|at|by|before)|[在到于])$/i

const toDo: Slot = {
  ...rest('note'),
  required: true,
  take(part, before, claimed) {
    const noted = rest('note').take(part, before, claimed)
    if (noted.value !== null) return noted
    const { value } = ALL_LEFT.take(part, before, claimed)
    return { value: String(value ?? '').replace(LEADS_ON, '') || null, claims: [] }
  },
  ask: (_doubt, subject) => ({
    expects: 'text',
    question: {
      zh: `要${subject ? `为 ${subject.zh} ` : ''}做什么？`,
      en: `What is to be done${subject ? ` for ${subject.en}` : ''}?`,
    },
  }),
}

const WORDED = phrase(
  { words: ['新任务', '任务', 'new task', 'task'] },
  client('named', { alone: true }),
  opt(onDay('dueOn', { unread: true })),
  atTime('dueTime'),
  toDo,
)

/** 任务清单, 任务 明细, task list today. */
function isNoTask({ text, pieces }: Scanned, from: number): boolean {
  if (/^任务[^\s:,]/.test(text)) return true
  const ours = pieces.some(({ kind, start }) => kind === 'name' && start === from)
  return !ours && (/^task\b/i.test(text) || (/^任务/.test(text) && !/\s/.test(text.slice(from))))
}

/** "新任务 张三 周五 送合同", "明天走访张三": whose, when, what. 任务 alone is set off, task before a client. */
export const NEW_TASK_PHRASES: Phrases<unknown> = {
  ...WORDED,
  anywhere: MAY_PLAN,
  yields: true,
  scans(scanned, from) {
    if (from === 0) return readPlanned(scanned)
    return isNoTask(scanned, from) ? NOT_MEANT : (WORDED.scans?.(scanned, from) ?? NOT_MEANT)
  },
}
