import type { Figure, Part } from '../figure.ts'
import { figuresOf, type Scenario } from './tally.ts'

const SCENARIOS: readonly Scenario[] = []

/** Faults of what the service stands on, played against it: nothing lost, twice or apologised for. */
export const faultsBench: Part = async (options) => {
  const figures: Figure[] = []
  for (const { name, play } of SCENARIOS) figures.push(...figuresOf(name, await play(options)))
  return figures
}
