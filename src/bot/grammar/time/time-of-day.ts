import { readNumber } from '../number.ts'

/** Parts of the day, and by how many hours each puts what is said past noon. */
const PARTS: Readonly<Record<string, 'am' | 'noon' | 'pm' | 'night'>> = {
  ...{ 凌晨: 'am', 清晨: 'am', 早上: 'am', 早晨: 'am', 上午: 'am', am: 'am', 'a.m.': 'am' },
  ...{ 中午: 'noon', 下午: 'pm', 傍晚: 'pm', pm: 'pm', 'p.m.': 'pm' },
  ...{ 晚上: 'night', 晚: 'night', 夜里: 'night' },
}

const SHAPE = new RegExp(
  `^(${Object.keys(PARTS)
    .filter((part) => /[\u4e00-\u9fff]/.test(part))
    .join(
      '|',
    )})?(\\d{1,2})(?:(?:[点时:](半|一刻|三刻|\\d{1,2})?分?整?)|(?=$|[ap]))([ap]\\.?m\\.?)?$`,
)
const MINUTES: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45 }

/**
 * The hour that a text names, as `HH:MM`: "15:00", "下午3点半", "3 pm". Null where it names none, or one that
 * could be before and after noon ("3点").
 */
export function readTime(said: string): string | null {
  const plain = said
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(
      /[一二三四五六七八九十两]{1,3}(?=[点时])/g,
      (number) => `${readNumber(number) ?? number}`,
    )
    .replace(
      /(?<=[点时])[一二三四五]?十[一二三四五六七八九]?(?=分)/g,
      (number) => `${readNumber(number) ?? number}`,
    )
  const [whole, before, hours = '', past, after] = plain.match(SHAPE) ?? []
  const part = PARTS[before ?? ''] ?? PARTS[after?.replaceAll('.', '') ?? '']
  const minutes = past ? (MINUTES[past] ?? Number(past)) : 0
  const hour = on24(Number(hours), part ?? null, hours.length === 2 && plain.includes(':'))
  if (whole === undefined || hour === null || minutes > 59) return null
  // A bare number is none.
  if (!part && past === undefined && /^\d+$/.test(plain)) return null
  return `${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

/** `exact`: written as clocks show it, so that 03:00 is at night. */
function on24(hour: number, part: (typeof PARTS)[string] | null, exact: boolean): number | null {
  if (hour > 23) return null
  if (hour > 12) return part === 'am' ? null : hour
  switch (part ?? null) {
    case 'am':
      return hour === 12 ? 0 : hour
    case 'noon':
      return hour <= 2 ? hour + 12 : hour
    case 'pm':
      return hour === 12 ? 12 : hour + 12
    case 'night':
      return hour >= 5 && hour < 12 ? hour + 12 : hour === 12 ? 0 : null
    default:
      return exact || hour === 0 || hour >= 8 ? hour : null
  }
}
