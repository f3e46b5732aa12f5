import type { Phrases } from '../../../bot/command.ts'
import { opt, rest } from '../../../bot/grammar/slots/fill.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { atTime, onDay } from '../../../bot/grammar/slots/kinds/when.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { NOT_MEANT, type Slot } from '../../../bot/grammar/slots/slot.ts'

const toDo: Slot = {
  ...rest('note'),
  required: true,
  ask: (_doubt, subject) => ({
    expects: 'text',
    question: {
      zh: `要${subject ? `为 ${subject.zh} ` : ''}做什么？`,
      en: `What is to be done${subject ? ` for ${subject.en}` : ''}?`,
    },
  }),
}

const WORDED = phrase(
  { words: ['新任务', '任务', 'new task'] },
  client('named'),
  opt(onDay('dueOn', { unread: true })),
  atTime('dueTime'),
  toDo,
)

/** "新任务 张三 周五 送合同": whose, when, what. 任务 alone is set off: 任务清单 is none. */
export const NEW_TASK_PHRASES: Phrases<unknown> = {
  ...WORDED,
  scans: (scanned, from) =>
    /^任务[^\s:,]/.test(scanned.text) ? NOT_MEANT : (WORDED.scans?.(scanned, from) ?? NOT_MEANT),
}
