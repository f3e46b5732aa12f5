import { TAKEN } from '../../scan/piece.ts'
import { WHEN } from '../../scan/words/days.ts'
import { inDoubt, nothing, type Part, type Slot, type Taken, taking } from '../slot.ts'
import { dayOf, hourOf, minutesNow, whyNotDay } from './day.ts'

// A day and an hour on which something is to be done, wherever the line names them.

/** What says that a time is meant, in words that none of the days is said with: 等他回来. */
const WAITS = /等[^\s,;。]{1,8}/

/** The day on which something is to be: asked for where there are several or it is not sure. */
export const onDay = (
  field: string,
  { unread = false }: { readonly unread?: boolean } = {},
): Slot => ({
  field,
  kinds: ['day'],
  take(part) {
    const days = taking(part, 'day')
    const taken = dayOf(days)
    if (days.length > 0 || !unread) return taken
    const said = unreadWhen(part)
    return said ? inDoubt('unclear', [], said) : taken
  },
  ask: ({ said, code }) => ({
    expects: 'day',
    question: said
      ? {
          zh: `日期"${said}"${whyNotDay(code).zh}，哪一天？比如 12月3日。`,
          en: `"${said}" ${whyNotDay(code).en}. Which day? For example 3 Dec.`,
        }
      : { zh: '哪一天？比如 12月3日。', en: 'Which day? For example 3 Dec.' },
  }),
})

function unreadWhen({ scanned, start, end }: Part): string | null {
  const open = scanned.open.slice(start, end).replaceAll(TAKEN, '|')
  return open.match(WHEN)?.[0] ?? open.match(WAITS)?.[0] ?? null
}

/** The one hour that some pieces name, `HH:MM`; a time that is no hour is weighed and left. */
export function hourIn(part: Part, times = taking(part, 'time')): Taken {
  const now = minutesNow(part)
  if (times.some(({ doubt }) => doubt)) return inDoubt('unclear', times)
  const sure = times.filter(({ value }) => value !== null)
  const hours = new Set(sure.map(({ value }) => value && hourOf(value, now)))
  if (hours.size > 1) return inDoubt('several', sure)
  const [hour = null] = hours
  if (hour === null) return { ...nothing, weighed: times }
  return { value: hour, claims: sure, weighed: times }
}

/** The hour at which something is to be; left out where none is named. */
export const atTime = (field: string): Slot => ({
  field,
  kinds: ['time'],
  leaves: true,
  take: (part) => hourIn(part),
  ask: ({ said }) => ({
    expects: 'hour',
    question: {
      zh: `时间"${said}"不确定，是几点？比如 15:00。`,
      en: `I am not sure about "${said}". What hour? For example 15:00.`,
    },
  }),
})
