import { type Text, text } from '../../core/text.ts'
import type { Hours } from './contact-rules.ts'
import type { TaskKind } from './rules.ts'
import { KIND_WORDS, type ValueType } from './values-rules.ts'

/** A cell, or what somebody typed for one. */
export type Written = string | number | boolean | null

/** A value as it was read, or why it cannot be. */
export type ReadValue = { readonly value: unknown } | { readonly fault: Text }

const plain = (words: string): string => words.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** A value as a cell shows it. */
export function writeValue(type: ValueType, value: unknown): Written {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'kind':
    case 'kind or none': {
      const words = KIND_WORDS[value as TaskKind]
      return words ? `${words.zh} ${words.en}` : String(value)
    }
    case 'after': {
      const after = value as { workdays?: number; days?: number }
      return after.workdays === undefined ? `${after.days} 天` : `${after.workdays} 个工作日`
    }
    case 'hours':
      return (value as { from: string; until: string }[])
        .map(({ from, until }) => `${from}-${until}`)
        .join('、')
    case 'tiers':
      return (value as string[]).join('、')
    default:
      return value as number
  }
}

/** The value that a cell states. Ranges are the schema's to check. */
export function readValue(type: ValueType, cell: Written): ReadValue {
  const said = plain(String(cell ?? ''))
  const none = /^(?:|无|不排|不限|none|no|off|-|—)$/.test(said)
  if (none && type.endsWith('or none')) return { value: null }
  if (none) {
    if (type === 'hours' || type === 'tiers') return { value: [] }
    return { fault: text('不能空', 'this may not be empty') }
  }
  switch (type) {
    case 'kind':
    case 'kind or none':
      return readKind(said)
    case 'after':
      return readAfter(said)
    case 'hours':
      return readHours(said)
    case 'tiers':
      return {
        value: String(cell)
          .normalize('NFKC')
          .split(/[、,/\s]+/)
          .filter(Boolean),
      }
    default: {
      const digits = said.match(/^(-?\d+)(?:个?工作日|workdays?|天|日|days?|次|times|件|行|分)?$/)
      return digits
        ? { value: Number(digits[1]) }
        : { fault: text(`"${cell}" 不是整数`, `"${cell}" is no whole number`) }
    }
  }
}

function readKind(said: string): ReadValue {
  const found = Object.entries(KIND_WORDS).find(([kind, { zh, en }]) =>
    [kind, zh, en, `${zh}${en}`].map(plain).includes(said),
  )
  if (found) return { value: found[0] }
  const words = Object.values(KIND_WORDS)
  return {
    fault: text(
      `任务应是${words.map(({ zh }) => zh).join('、')}之一`,
      `a task is one of ${words.map(({ en }) => en).join(', ')}`,
    ),
  }
}

function readAfter(said: string): ReadValue {
  const workdays = said.match(/^(\d+)(?:个?工作日|workdays?)$/)
  if (workdays) return { value: { workdays: Number(workdays[1]) } }
  const days = said.match(/^(\d+)(?:天|日|days?)$/)
  if (days) return { value: { days: Number(days[1]) } }
  const fault = text('间隔写成"3 个工作日"或"90 天"', 'write it like "3 workdays" or "90 days"')
  return { fault }
}

/** Hours of the day such as "12:00-14:00", one or several. */
export function readHours(said: string): { readonly value: Hours[] } | { readonly fault: Text } {
  const parts = said.split(/[、,;]/).filter(Boolean)
  const hours = parts.map((part) => {
    const times = part.match(/^(\d{1,2}):(\d{2})[-–~至到](\d{1,2}):(\d{2})$/)
    const [, h1 = '', m1 = '', h2 = '', m2 = ''] = times ?? []
    return times && { from: `${h1.padStart(2, '0')}:${m1}`, until: `${h2.padStart(2, '0')}:${m2}` }
  })
  const value = hours.filter((each) => each !== null)
  return value.length < parts.length
    ? { fault: text('时段写成"12:00-14:00"', 'write it like "12:00-14:00"') }
    : { value }
}
