import type { Reading } from '../../bot/grammar/reading.ts'
import type { Move } from './rules.ts'

const MOVE_WORDS: readonly (readonly [RegExp, Move])[] = [
  [/^(?:发布|publish)/i, 'publish'],
  [/^(?:批准|同意|approve)/i, 'approve'],
  [/^(?:退回|return)/i, 'return'],
  [/^(?:暂停|pause)/i, 'pause'],
  [/^(?:继续|恢复|resume)/i, 'resume'],
  [/^(?:提前结束|结束|end)(?![a-z])/i, 'end'],
  [/^(?:放弃|撤回|withdraw)/i, 'withdraw'],
]

/** Reads "暂停 五一活动", "退回 五一活动 话术太长". */
export function readMove(rest: string): Reading<{ named: string; move: Move; reason: string }> {
  for (const [words, move] of MOVE_WORDS) {
    const said = rest.match(words)
    const [named, ...reason] = said ? rest.slice(said[0].length).trim().split(/\s+/) : []
    if (named) return { kind: 'understood', input: { named, move, reason: reason.join(' ') } }
  }
  return { kind: 'no' }
}
