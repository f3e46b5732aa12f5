import type { Reading } from '../../../bot/grammar/reading.ts'

/** Reads "M003 平均", "M003 给 王五,赵六", "何勇 给 M005 M006". */
export function readHandover(rest: string): Reading<{ of: string; to: string[] }> {
  const [, of = '', more = ''] = rest.match(/^(\S+?)(?:\s+|的客户\s*)(.*)$/) ?? []
  if (!of || !more) return { kind: 'no' }
  if (/^(?:平均|均分|平分|evenly|even)[\s.。]*$/i.test(more)) {
    return { kind: 'understood', input: { of, to: [] } }
  }
  const to = more
    .replace(/^(?:给|to\b)\s*/i, '')
    .split(/[\s,、;和]+|\band\b/)
    .filter(Boolean)
  return to.length > 0 ? { kind: 'understood', input: { of, to } } : { kind: 'no' }
}

/** Reads "张三 王五" and "张三 给 王五": a client and a colleague. */
export function readShare(rest: string): Reading<{ named: string; with: string }> {
  const [named, colleague, ...more] = rest
    .split(/[\s,;]+/)
    .filter((word) => !/^(?:给|和|与|跟|with|to)$/i.test(word))
  if (!named || !colleague || more.length > 0) return { kind: 'no' }
  return { kind: 'understood', input: { named, with: colleague.replace(/^(?:给|和|与|跟)/, '') } }
}

/** Reads a staff code or name, and nothing else. */
export const readPerson = (rest: string): Reading<{ person: string }> =>
  /^\S{1,40}$/.test(rest) ? { kind: 'understood', input: { person: rest } } : { kind: 'no' }
