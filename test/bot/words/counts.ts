import type { Verdict } from './judge.ts'
import type { Judged } from './tables.ts'

/** Of lines how many were taken how. `clear`: those that nothing lets one ask about. */
export function countsOf(rows: Judged) {
  const clear = rows.filter(([{ right }]) => right.every(({ kind }) => kind !== 'asks'))
  const count = (verdict: Verdict, among = rows) =>
    among.filter(([, given]) => given === verdict).length
  return {
    ...{ lines: rows.length, clear: clear.length },
    ...{ right: count('right'), asked: count('asked'), deaf: count('deaf') },
    ...{ wrong: count('wrong'), lost: count('lost') },
    ...{ clearRight: count('right', clear), clearDeaf: count('deaf', clear) },
  }
}
