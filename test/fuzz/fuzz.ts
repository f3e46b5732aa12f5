import { randomOf } from './change.ts'
import { type Fuzzed, PARSERS } from './parsers.ts'

/** The longest that the event loop may be held. */
export const MOST_HELD_MS = 100

export interface Fuzzing {
  readonly name: string
  readonly inputs: number
  /** The longest of one input, in ms of this thread's work. */
  readonly longest: number
  /** Inputs that ended it with an error nobody makes a sentence of, or held it too long. */
  readonly faults: readonly { readonly input: unknown; readonly why: string }[]
}

/** Work of this thread in ms: what else runs on the machine does not count. */
function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(since)
  return (user + system) / 1000
}

/** So many inputs for each parser as `all` of a million make, half of them valid ones changed in one place. */
export async function fuzz(all: number, seed: number): Promise<Fuzzing[]> {
  const results: Fuzzing[] = []
  for (const parser of PARSERS) {
    results.push(await fuzzOne(parser, Math.ceil((parser.share * all) / 1_000_000), seed))
  }
  return results
}

async function fuzzOne(parser: Fuzzed, inputs: number, seed: number): Promise<Fuzzing> {
  const random = randomOf(seed)
  const faults: { input: unknown; why: string }[] = []
  let longest = 0
  for (let turn = 0; turn < inputs && faults.length < 5; turn++) {
    const input = await parser.input(random, turn % 2 === 0)
    let held = await heldBy(parser, input, faults)
    // Measured anew where rubbish was collected or code compiled meanwhile.
    for (let again = 0; held > MOST_HELD_MS && again < 3; again++) {
      held = Math.min(held, await heldBy(parser, input, []))
    }
    if (parser.ownThread) continue
    longest = Math.max(longest, held)
    if (held > MOST_HELD_MS) faults.push({ input, why: `held the event loop for ${held} ms` })
  }
  return { name: parser.name, inputs, longest, faults }
}

/** Runs a parser on an input, and resolves to how long it held the thread; its faults are noted. */
async function heldBy(
  parser: Fuzzed,
  input: unknown,
  faults: { input: unknown; why: string }[],
): Promise<number> {
  const since = process.threadCpuUsage()
  try {
    await parser.run(input as never)
  } catch (error) {
    if (!parser.expected?.(error)) faults.push({ input, why: String(error) })
  }
  return spent(since)
}
