import { ofKind, type Piece, TAKEN } from '../../../bot/grammar/scan/piece.ts'
import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { hourIn, onDay } from '../../../bot/grammar/slots/kinds/when.ts'
import { reading } from '../../../bot/grammar/slots/phrase.ts'
import { type Account, inDoubt, NOT_MEANT, nothing } from '../../../bot/grammar/slots/slot.ts'

// 明天走访张三, 下周三给张三打电话, 张三明天上门, call Tom tomorrow at 10: one client, a day to come and what is to be done.

const WANTS = '(?:我|要|得|准备|打算|计划|想|需要|会|再|\\s)*'
const GOES = '(?:去|上门)?(?:走访|拜访|看望|看看|看)|上门|登门|去找|去|见|visit|see|meet'
const CALLS = '联系|回访|跟进|致电|打电话给|打给|找|call|phone|ring|contact|follow up with'
/** Between the day and the client, or before the client where the day stands behind. */
const DOES = new RegExp(`^${WANTS}(?<does>(?<goes>${GOES})|${CALLS})(?:一?下)?\\s?$`, 'i')
/** 给张三打电话: the client stands within. */
const FOR = new RegExp(`^${WANTS}(?:给|跟|和|找)\\s?$`)
const FOR_DOES = /^\s?(?:打个?电话|回个?电话|联系|聊聊?|谈|(?<goes>见个?面)|发微信)/
/** Behind the client and the day: only who goes there, as what else is said of somebody on a day is an outcome. */
const THEN_GOES = new RegExp(`^${WANTS}(?:去|上门)?(?:走访|拜访|看望|上门)(?:一?下)?`)
/** When, blotted out, before all else or behind the client. */
const LED_BY_WHEN = new RegExp(`^[\\s我]*${TAKEN}[\\s${TAKEN}]*`)
const THEN_WHEN = new RegExp(`^[\\s,，]*${TAKEN}[\\s${TAKEN}]*`)
const BEGINS_WITH_WHEN = new RegExp(`^\\s?(?:on )?${TAKEN}`, 'i')
const FIRST_WANTS = new RegExp(`^${WANTS}`)
const ONLY_WANTS = new RegExp(`^(?:${WANTS}|on)\\s?$`, 'i')
const ASKS = /[?？吗呢么]\s*$|谁|哪|几点|多少/

/** Whether what is to be done is a call or a visit, and nothing is said of it: 走访, 打电话. */
export const isBare = (note: string): boolean =>
  DOES.test(note) || note.replace(FOR_DOES, '').trim() === ''

/** Whether a line may say so, before it is scanned. */
export const MAY_PLAN = new RegExp(`${GOES}|${CALLS}|给.{1,12}电话|跟.{1,12}(?:聊|谈|见)`, 'i')

/** A line that plans what is to be done with a client on a day to come, as a task; else it is not meant. */
export function readPlanned(scanned: Scanned): Account<unknown> {
  const { text, pieces, context } = scanned
  const [name, ...otherNames] = ofKind(pieces, 'name')
  const [day, ...otherDays] = ofKind(pieces, 'day')
  const says = pieces.some(({ kind }) => SAYS_MORE.includes(kind))
  if (!name || !day || otherNames.length + otherDays.length > 0 || says) return NOT_MEANT
  const over = day.doubt === 'past' || (day.value !== null && day.value <= context.at.today)
  if (over || ASKS.test(text)) return NOT_MEANT
  const times = ofKind(pieces, 'time')
  const part = { scanned, start: 0, end: text.length, pieces }
  const hour = hourIn(part, times)
  if (hour.doubt) return NOT_MEANT
  const toDo = toDoOf(scanned, name, [day, ...times])
  if (toDo === null) return NOT_MEANT
  const kind = toDo.goes ? 'visit' : 'call'
  const note = toDo.note.replace(/\s+/g, ' ').trim()
  const dueTime = hour.value === null ? {} : { dueTime: hour.value }
  const input = { named: name.value ?? name.said, kind, dueOn: day.value, ...dueTime, note }
  const { doubt } = day.value === null ? inDoubt(day.doubt ?? 'unclear', [day], day.said) : nothing
  const asks = doubt ? [{ ...onDay('dueOn').ask(doubt, null, part), slots: ['dueOn'] }] : []
  return { reading: reading(input, asks), accounted: new Set(pieces) }
}

/** With these something else is said: what came of it, on which terms, of which task. */
const SAYS_MORE: readonly Piece['kind'][] = ['outcome', 'same', 'list', 'phone', 'identity']

/** What is to be done, as typed and without whom and when; null: the line does not say that it is to be done. */
function toDoOf(
  scanned: Scanned,
  name: Piece<'name'>,
  when: readonly Piece[],
): { readonly goes: boolean; readonly note: string } | null {
  let open = scanned.text
  for (const { start, end } of when) {
    open = `${open.slice(0, start)}${TAKEN.repeat(end - start)}${open.slice(end)}`
  }
  const [before, behind] = [open.slice(0, name.start), open.slice(name.end)]
  const lead = before.replace(LED_BY_WHEN, '')
  const first = lead !== before
  const rest = () => asTypedIn(scanned, name.end, scanned.text.length)
  const { does, goes } = (first ? lead : before).match(DOES)?.groups ?? {}
  // 去张三店里 is 去店里, 走访张三 带合同 is 走访 带合同.
  const gap = /^\s/.test(behind) ? ' ' : ''
  if (does && first) return { goes: goes !== undefined, note: does + gap + rest() }
  if (does && BEGINS_WITH_WHEN.test(behind)) {
    return { goes: goes !== undefined, note: does + gap + withoutWhen(scanned, name.end, when) }
  }
  const spoken = first && FOR.test(lead) ? behind.match(FOR_DOES) : null
  if (spoken) return { goes: spoken.groups?.['goes'] !== undefined, note: rest() }
  const then = behind.replace(THEN_WHEN, '')
  return before === '' && then !== behind && THEN_GOES.test(then)
    ? { goes: true, note: withoutWhen(scanned, name.end, when).replace(FIRST_WANTS, '') }
    : null
}

/** The text behind a client as typed, without when. */
function withoutWhen(scanned: Scanned, from: number, when: readonly Piece[]): string {
  let said = ''
  let place = from
  for (const { start, end } of when.toSorted((a, b) => a.start - b.start)) {
    said += `${asTypedIn(scanned, place, start)
      .replace(ONLY_WANTS, '')
      .replace(/\b(?:on|at)\s*$/i, '')} `
    place = end
  }
  return said + asTypedIn(scanned, place, scanned.text.length)
}
