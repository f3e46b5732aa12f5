import { readAmount } from '../../../bot/grammar/amount.ts'
import type { Stage } from '../../../core/outcome.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Hours } from '../contact-rules.ts'
import type { TaskKind } from '../rules.ts'
import type { ValueType } from './sheets.ts'
import { ASKS_WORDS, CARE_WORDS, KIND_WORDS, STAGE_WORDS } from './words.ts'

/** A cell, or what somebody typed for one. */
export type Written = string | number | boolean | null

/** A value as it was read, or why it cannot be. */
export type ReadValue = { readonly value: unknown } | { readonly fault: Text }

const both = ({ zh, en }: Text): string => `${zh} ${en}`
const YES = text('是', 'yes')
const NO = text('否', 'no')

const plain = (words: string): string => words.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** A value as a cell shows it. */
export function writeValue(type: ValueType, value: unknown): Written {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'kind':
    case 'kind or none':
    case 'next or none': {
      if (value === 'care') return both(CARE_WORDS)
      const words = KIND_WORDS[value as TaskKind]
      return words ? both(words) : String(value)
    }
    case 'after':
    case 'after or none':
    case 'soon or none': {
      const after = value as { workdays?: number; days?: number; hours?: number }
      if (after.hours !== undefined) return `${after.hours} 小时`
      return after.workdays === undefined ? `${after.days} 天` : `${after.workdays} 个工作日`
    }
    case 'hours':
      return (value as { from: string; until: string }[])
        .map(({ from, until }) => `${from}-${until}`)
        .join('、')
    case 'tiers':
    case 'words':
      return (value as string[]).join('、')
    case 'stage':
      return both(STAGE_WORDS[value as Stage])
    case 'asks or none':
      return both(ASKS_WORDS[value as keyof typeof ASKS_WORDS])
    case 'yes':
      return both(value ? YES : NO)
    case 'text':
      return String(value)
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
    if (type === 'hours' || type === 'tiers' || type === 'words') return { value: [] }
    // 否 and its like.
    if (type === 'yes' && said) return { value: false }
    return { fault: text('不能空', 'this may not be empty') }
  }
  switch (type) {
    case 'next or none':
      if ([CARE_WORDS.zh, CARE_WORDS.en, both(CARE_WORDS)].map(plain).includes(said)) {
        return { value: 'care' }
      }
      return readOneOf(KIND_WORDS, said)
    case 'kind':
    case 'kind or none':
      return readOneOf(KIND_WORDS, said)
    case 'stage':
      return readOneOf(STAGE_WORDS, said)
    case 'asks or none':
      return readOneOf(ASKS_WORDS, said)
    case 'yes':
      return readYes(said)
    case 'text':
      return { value: String(cell).trim() }
    case 'words':
      return {
        value: [
          ...new Set(
            String(cell)
              .normalize('NFKC')
              .split(/[、,;\n]+/)
              .map((word) => word.trim().replace(/\s+/g, ' '))
              .filter(Boolean),
          ),
        ],
      }
    case 'soon or none': {
      const hours = said.match(/^(\d+)(?:个?小时|hours?)$/)
      return hours ? { value: { hours: Number(hours[1]) } } : readAfter(said)
    }
    case 'after':
    case 'after or none':
      return readAfter(said)
    case 'hours':
      return readHours(said)
    case 'yuan or none':
      return readYuan(String(cell))
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

/** The code that one of these words stands for. */
function readOneOf(words: Readonly<Partial<Record<string, Text>>>, said: string): ReadValue {
  const all = Object.entries(words).flatMap(([code, word]) => (word ? [{ code, ...word }] : []))
  const found = all.find(({ code, zh, en }) =>
    [code, zh, en, `${zh}${en}`].map(plain).includes(said),
  )
  if (found) return { value: found.code }
  return {
    fault: text(
      `应是${all.map(({ zh }) => zh).join('、')}之一`,
      `it is one of ${all.map(({ en }) => en).join(', ')}`,
    ),
  }
}

function readYuan(cell: string): ReadValue {
  const value = readAmount(cell)
  const fault = text(
    `"${cell}" 不是金额，写成"20万"或"200000"`,
    `"${cell}" is no amount; write it like "200000"`,
  )
  return value === null ? { fault } : { value }
}

function readYes(said: string): ReadValue {
  if (/^(?:是|yes|y|true|1|是yes)$/.test(said)) return { value: true }
  if (/^(?:否|no|n|false|0|否no)$/.test(said)) return { value: false }
  return { fault: text('写"是"或"否"', 'say yes or no') }
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
